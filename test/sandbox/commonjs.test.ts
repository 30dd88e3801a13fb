import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { TestSandbox } from '../support/sandbox.ts';
import { requiredSettings, settingsSource } from '../support/settings.ts';
import { makeWorkspace } from '../support/workspace.ts';

const packageOf = (name: string, text: string) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
  [`node_modules/${name}/index.js`]: text,
});

/** Packages and files of every form of CommonJS, and what loads two of them before any of them is imported. */
const files = {
  ...packageOf('a-function', 'module.exports = (text) => text.length; module.exports.unit = "letters";'),
  ...packageOf('an-object', 'const one = 1; const two = 2; module.exports = { one, two };'),
  ...packageOf(
    'compiled',
    'Object.defineProperty(exports, "__esModule", { value: true }); exports.default = "d"; exports.three = 3;',
  ),
  ...packageOf('named', 'exports.four = 4; exports["five"] = 5;'),
  ...packageOf('needs-others', 'module.exports = [require("a-function"), require("compiled")].length;'),
  'bots/local.cjs': 'const six = 6; module.exports = { six }; module.exports.seven = 7;',
};

const names = ['a-function', 'an-object', 'compiled', 'named', './local.cjs'];

/** Statements that import everything in every form, and an expression of what came. */
const imports = names.flatMap((name, n) => [
  `import d${n} from '${name}';`,
  `import * as ns${n} from '${name}';`,
]);
const named =
  "import { one } from 'an-object'; import { three } from 'compiled'; import { four } from 'named'; import { six } from './local.cjs'; import { unit } from 'a-function';";
const shape = `JSON.stringify([one, three, four, six, unit, ${names.map((_, n) => `typeof d${n}, Object.keys(d${n} ?? {}), Object.keys(ns${n}).sort(), ns${n}.default === d${n}`).join(', ')}])`;

/** What Node itself gives. */
function inNode(folder: string): string {
  const script = `${imports.join('\n')}\n${named}\nconsole.log(${shape});`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: path.join(folder, 'bots'),
    encoding: 'utf8',
  }).trim();
}

/** A handler whose description is what it has imported. */
const handler = (alias: string, before = '', order = imports) => `${before}
${order.join('\n')}
${named}
${settingsSource(requiredSettings)
  .replace(/alias: '[^']*'/, `alias: '${alias}'`)
  .replace(/description: '[^']*'/, `description: ${shape}`)}`;

describe('CommonJS is imported as in Node', () => {
  const cases: Array<[string, Record<string, string>]> = [
    ['by two files', { 'bots/a.ts': handler('a'), 'bots/b.ts': handler('b') }],
    [
      'by a file and its own helper',
      { 'bots/a.ts': handler('a', "import './b.ts';"), 'bots/b.ts': handler('b') },
    ],
    ['in another order', { 'bots/a.ts': handler('a', '', imports.toReversed()), 'bots/b.ts': handler('b') }],
    ['after a package has required it', { 'bots/a.ts': handler('a', "import 'needs-others';") }],
    [
      'by a file that came after one that required it',
      {
        'bots/a.ts': handler(
          'a',
          "import { createRequire } from 'node:module'; createRequire(import.meta.url)('./local.cjs');",
        ),
      },
    ],
  ];

  test.each(cases)('%s', async (_, bots) => {
    const sandbox = new TestSandbox({ ...files, ...bots });
    const expected = inNode(sandbox.folder);
    const { handlers, problems } = await sandbox.describe(...Object.keys(bots));
    expect(problems).toEqual([]);
    expect(handlers.map(({ description }) => description)).toEqual(Object.keys(bots).map(() => expected));
    const again = await sandbox.sandbox.reload(
      Object.keys(bots).map((file) => path.join(sandbox.folder, file)),
    );
    expect(again.flatMap((each) => each.handlers.map(({ description }) => description))).toEqual(
      Object.keys(bots).map(() => expected),
    );
  });

  test('by a configuration, however often it is read', async () => {
    const workspace = makeWorkspace({
      ...Object.fromEntries(Object.entries(files).map(([name, text]) => [name.replace('bots/', ''), text])),
      'other.ts':
        "import d from 'a-function'; import e from './local.cjs'; export const other = [typeof d, e.six];",
      'messenger.config.ts': `import { other } from './other.ts';\n${imports.join('\n')}\n${named}\nexport default { keys: { SHAPE: ${shape}, OTHER: JSON.stringify(other) } };`,
    });
    const expected = inNode(new TestSandbox(files).folder);
    for (let times = 0; times < 2; times++) {
      const { keys } = await loadConfig(workspace);
      expect(keys).toEqual({ SHAPE: expected, OTHER: '["function",6]' });
    }
  });

  test('also where it is written as TypeScript', async () => {
    const sandbox = new TestSandbox({
      'bots/words.cts': "const word: string = 'hello'; module.exports = { word };",
      'bots/a.ts': `import words, { word } from './words.cts'; import * as all from './words.cts';
        ${settingsSource("alias: 'a', name: 'A', description: [words.word, word, all.default === words].join()")}`,
      'bots/b.ts': `import words from './words.cts';
        ${settingsSource("alias: 'b', name: 'B', description: words.word")}`,
    });
    const { handlers, problems } = await sandbox.describe('bots/a.ts', 'bots/b.ts');
    expect([handlers.map(({ description }) => description), problems]).toEqual([
      ['hello,hello,true', 'hello'],
      [],
    ]);
  });
});

const commonJsHandler = (exporting: string) => `
const { BotActionHandler } = require('messenger-bots');
class OldBot extends BotActionHandler {
  static getSettings() { return { alias: 'old', description: 'In CommonJS.', name: 'Old' }; }
  async handle() { await this.composer().message('old'); }
}
${exporting}`;

test.each([
  ['OldBot.cjs', 'module.exports = OldBot;'],
  ['OldBot.cjs', 'module.exports = { OldBot };'],
  ['OldBot.cjs', 'exports.OldBot = OldBot;'],
  ['OldBot.cjs', 'module.exports = Object.fromEntries([["OldBot", OldBot]]);'],
  ['OldBot.cts', 'module.exports = OldBot;'],
  ['OldBot.cts', 'module.exports = { OldBot };'],
  ['OldBot.js', 'module.exports = { OldBot };'],
])('a handler in %s with %s works, also where another file has imported it', async (name, exporting) => {
  const sandbox = new TestSandbox({
    [`bots/${name}`]: commonJsHandler(exporting),
    'bots/A.ts': `import './${name}';\nexport {};`,
  });
  const { handlers, problems } = await sandbox.describe('bots/A.ts', `bots/${name}`);
  expect([handlers.map(({ alias }) => alias), problems]).toEqual([['old'], []]);
  const [old] = handlers;
  const alone = await sandbox.describe(`bots/${name}`);
  expect(alone.handlers).toEqual([old]);
});
