import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { errorCatalogue } from '../src/base/error-catalogue.ts';
import {
  codesNamed,
  exportsOf,
  membersOf,
  programOf,
  throwersIn,
  undocumented,
  unnameable,
} from './support/docs.ts';
import { cyclesIn, type Link, links, partOf, sources } from './support/parts.ts';
import { filesBelow, importsOf, nodesOf, parseSource, readSource } from './support/sources.ts';
import { testNamesIn } from './support/test-names.ts';

/** The parts of the product and what each may import beside itself. */
const allowed: Record<string, readonly string[]> = {
  base: [],
  domain: ['base'],
  authoring: ['domain', 'base'],
  config: ['domain', 'base'],
  store: ['domain', 'base'],
  queue: ['store', 'domain', 'base'],
  sandbox: ['authoring', 'config', 'domain', 'base'],
  services: ['queue', 'sandbox', 'store', 'authoring', 'domain', 'base'],
  app: ['services', 'queue', 'sandbox', 'store', 'authoring', 'config', 'domain', 'base'],
  api: ['domain', 'base'],
  http: ['services', 'api', 'domain', 'base'],
  client: ['api', 'domain', 'base'],
  simulate: ['client', 'api', 'domain', 'base'],
  tui: ['simulate', 'client', 'api', 'domain', 'base'],
  daemon: ['replay', 'app', 'http', 'services', 'config', 'domain', 'base'],
  testing: ['app', 'services', 'sandbox', 'store', 'authoring', 'config', 'domain', 'base'],
  replay: ['testing', 'services', 'store', 'domain', 'base'],
  transcripts: ['testing', 'http', 'simulate', 'services', 'authoring', 'domain', 'base'],
  fuzz: ['transcripts', 'testing', 'services', 'domain', 'base'],
  scaffold: ['base'],
  cli: [
    ...['daemon', 'app', 'fuzz', 'transcripts', 'testing', 'tui', 'simulate', 'client', 'scaffold'],
    ...['services', 'config', 'domain', 'base'],
  ],
  index: ['authoring', 'config', 'domain', 'base'],
  library: ['index'],
};

/** The parts below a part, at any depth: types may be imported from each of them. */
function partsBelow(part: string, found = new Set<string>()): ReadonlySet<string> {
  for (const to of allowed[part] ?? []) if (!found.has(to)) partsBelow(to, found.add(to));
  return found;
}

const isAllowed = ({ from, to, typeOnly }: Link): boolean => {
  const [importer, imported] = [partOf(from), partOf(to)];
  return (
    importer === imported ||
    (allowed[importer] ?? []).includes(imported) ||
    (typeOnly && partsBelow(importer).has(imported))
  );
};

/** Where a module's name is known only at run time, and why that is no way around the table. */
const computedImports = {
  'src/base/jiti.ts': 'loads the compiler of jiti when it is wanted',
  'src/base/node-imports.ts': 'gives handlers the CommonJS that they import',
  'src/config/load.ts': 'passes our own module to the configuration',
  'src/sandbox/describe-library.ts': 'describes our own module',
  'src/sandbox/loader.ts': 'passes our own modules and zod to handlers',
  'src/sandbox/sandbox.ts': 'describes our own module with the classes of the build',
};

/** The field that a node declares in an interface or a type. */
const fieldName = (node: ts.Node): string[] => (ts.isPropertySignature(node) ? [node.name.getText()] : []);

describe('parts', () => {
  test('every source file belongs to a part of the table', () => {
    const strangers = sources.map(({ file }) => file).filter((file) => !(partOf(file) in allowed));
    expect(strangers).toEqual([]);
  });

  test.each(Object.keys(allowed))('%s imports only what the table allows', (part) => {
    const wrong = links.filter((link) => partOf(link.from) === part && !isAllowed(link));
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  test('clients take only types from the schemas of the API, so that they load no zod', () => {
    const loading = links.filter(
      ({ from, to, typeOnly }) =>
        ['client', 'simulate', 'tui'].includes(partOf(from)) &&
        partOf(to) === 'api' &&
        to !== 'src/api/error-code-header.ts' &&
        !typeOnly,
    );
    expect(loading).toEqual([]);
  });

  /** Names of the Pusher protocol, which are not ours to change. */
  const pusherFields = ['activity_timeout', 'socket_id', 'user_id'];

  test('no part but api writes a shape of the HTTP API by hand', () => {
    const written = sources
      .filter(({ file }) => ['http', 'client', 'simulate', 'tui'].includes(partOf(file)))
      .flatMap(({ file }) =>
        nodesOf(parseSource(file))
          .flatMap(fieldName)
          .map((name) => ({ file, name })),
      );
    const ours = written.filter(({ name }) => name.includes('_') && !pusherFields.includes(name));
    expect(ours).toEqual([]);
  });

  test('every import of ours leads to a source file', () => {
    const files = new Set(sources.map(({ file }) => file));
    expect(links.filter(({ to }) => !files.has(to))).toEqual([]);
  });

  test('no import has a computed name but the known ones', () => {
    const computed = sources.filter(({ imports }) =>
      imports.some(({ specifier }) => specifier === undefined),
    );
    expect(computed.map(({ file }) => file)).toEqual(Object.keys(computedImports));
  });

  /**
   * Node keeps an import that failed for ever: outside commands, each of these is loaded when a server opens, loads files
   * of authors, or serves tests.
   */
  const lazyImports = [
    'src/app/while-host-starts.ts',
    'src/base/node-imports.ts',
    'src/config/load.ts',
    'src/sandbox/describe-library.ts',
    'src/sandbox/file-runner.ts',
    'src/sandbox/loader.ts',
    'src/sandbox/sandbox.ts',
    'src/sandbox/spawn-inside.ts',
    'src/services/files/validate-upload.ts',
  ];

  test('nothing that a request needs is imported at its first use', () => {
    const lazy = sources
      .map(({ file }) => file)
      .filter((file) => /(?<!typeof )\bimport\(/.test(readSource(file)));
    expect(lazy.filter((file) => !file.startsWith('src/cli/'))).toEqual(lazyImports);
  });

  test('bin/messenger.js imports the built command line and nothing else', () => {
    const imports = importsOf(parseSource('bin/messenger.js'));
    expect(imports).toEqual([{ specifier: '../dist/cli/main.js', typeOnly: false }]);
  });

  test('no files load each other in a cycle', () => {
    expect(cyclesIn(links)).toEqual([]);
  });
});

describe('the way imports are read', () => {
  test.each([
    ["import { a } from './a.ts';", './a.ts', false],
    ["import a, { type B } from './a.ts';", './a.ts', false],
    ["import { type B } from './a.ts';", './a.ts', false],
    ["import './a.ts';", './a.ts', false],
    ["import type { B } from './a.ts';", './a.ts', true],
    ["export * from './a.ts';", './a.ts', false],
    ["export { a } from './a.ts';", './a.ts', false],
    ["export type { B } from './a.ts';", './a.ts', true],
    ["const load = () => import('./a.ts');", './a.ts', false],
    ['const load = (name: string) => import(name);', undefined, false],
    ["const a = require('./a.cjs');", './a.cjs', false],
    ["let b: import('./a.ts').B;", './a.ts', true],
  ])('%s', (text, specifier, typeOnly) => {
    expect(importsOf(parseSource('test.ts', text))).toEqual([{ specifier, typeOnly }]);
  });

  test.each([
    ['a chain', ['a b', 'b c', 'a c'], []],
    ['a file that loads itself', ['a a'], ['a → a']],
    ['two files', ['a b', 'b a'], ['a → b → a']],
    ['a cycle behind a chain', ['a b', 'b c', 'c d', 'd b'], ['b → c → d → b']],
    ['two files of which one needs only types', ['a b', 'b a types'], []],
  ])('cycles in %s', (_, written, expected) => {
    const graph = written.map((link) => {
      const [from = '', to = '', types] = link.split(' ');
      return { from, to, typeOnly: types === 'types' };
    });
    expect(cyclesIn(graph)).toEqual(expected);
  });
});

describe('docstrings', () => {
  const doors = ['src/index.ts', 'src/library/index.ts', 'src/testing/index.ts'];
  const program = programOf(doors);

  test.each(doors)('everything that %s exports has one', (door) => {
    const exported = exportsOf(program, door);
    expect(exported.size).toBeGreaterThan(3);
    expect(undocumented(program, exported)).toEqual([]);
  });

  test('what src/index.ts exports is made of nothing that it does not export', () => {
    expect(unnameable(program, [...exportsOf(program, 'src/index.ts').values()])).toEqual([]);
  });

  test.each(['BotActionHandler', 'MessengerComposer', 'MessengerBots'])(
    'every public member of %s has one',
    (name) => {
      const symbol = exportsOf(program, 'src/index.ts').get(name);
      const members = symbol ? membersOf(symbol) : new Map();
      expect(members.size).toBeGreaterThan(3);
      expect(undocumented(program, members)).toEqual([]);
    },
  );

  test('every code after @throws is in the catalogue', () => {
    const named = sources.flatMap(({ file }) => nodesOf(parseSource(file)).flatMap(codesNamed));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((code) => !(code in errorCatalogue))).toEqual([]);
  });

  test('every function that throws an error of ours names its code after @throws', () => {
    const throwers = sources.flatMap(({ file }) => throwersIn(parseSource(file)));
    const silent = throwers.flatMap(({ name, throws, named }) =>
      throws.filter((code) => !named.includes(code)).map((code) => `${name} throws ${code}`),
    );
    expect(silent).toEqual([]);
  });

  const thrower = "function b() { throw createError('A_B'); }";
  test.each([
    ["export function a() { throw createError('A_B'); }", ['A_B']],
    ["export const a = () => { throw new MessengerError('A_B', 'no'); };", ['A_B']],
    ["export class A { a() { throw createError('A_B'); } }", ['A_B']],
    ["export class A { a() { this.#b(); } #b() { throw createError('A_B'); } }", ['A_B']],
    [`export function a() { b(); } ${thrower}`, ['A_B']],
    [`export function a() { c(); } function c() { b(); } ${thrower}`, ['A_B']],
    [`export function a() { try { b(); } catch {} } ${thrower}`, undefined],
    [`export function a() { on(() => b()); } ${thrower}`, undefined],
    [`function a() { b(); } ${thrower}`, undefined],
  ])('what is thrown by %s is %j', (text, throws) => {
    expect(throwersIn(parseSource('some.ts', text))[0]?.throws).toEqual(throws);
  });
});

describe('tests', () => {
  test.each(filesBelow('test', '.test.ts'))('%s has no two tests of one name', (file) => {
    const names = testNamesIn(parseSource(file, readSource(file)));
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test.each([
    ["test('a', f); test('b', f);", ["'a'", "'b'"]],
    ["describe('g', () => { it('a', f); }); test('a', f);", ["'g' > 'a'", "'a'"]],
    ["test.skipIf(x)('a', f); test.only('b', f);", ["'a' of test.skipIf(x)", "'b'"]],
    [
      "test.each([1])('%s', f); test.each([2])('%s', f);",
      ["'%s' of test.each([1])", "'%s' of test.each([2])"],
    ],
    ["expect('a', f); test(name, f);", []],
  ])('the names of %s are %j', (text, names) => {
    expect(testNamesIn(parseSource('some.test.ts', text))).toEqual(names);
  });
});
