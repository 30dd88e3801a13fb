import path from 'node:path';
import { expect, test } from 'vitest';
import { readSources } from '../../src/config/local-imports.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

/** The names of the files that `main.ts` leads to. */
function namesIn(files: Record<string, string>): string[] {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  const inside = path.join(folder, 'w');
  const sources = readSources(path.join(inside, 'main.ts'), inside);
  return [...sources.keys()].map((file) => path.relative(inside, file).split(path.sep).join('/'));
}

test.each<[string, string]>([
  ['an import', "import { a } from './a.ts';"],
  ['an import for its effect', 'import "./a.ts";'],
  ['an import over several lines', "import {\n  a,\n} from\n  './a.ts';"],
  ['an import of types', "import type { A } from './a.ts';"],
  ['an export', "export * from './a.ts';"],
  ['an import in a function', "const load = () => import( './a.ts' );"],
  ['a require', "const a = require('./a.ts');"],
  ['an import in a comment, which does no harm', "// import './a.ts';"],
  ['an import without an ending', "import './a';"],
  ['an import by the name after compiling', "import './a.js';"],
  ['an import by the name after compiling to a module', "import './a.mjs';"],
])('%s is followed', (_, text) => {
  expect(namesIn({ 'w/main.ts': text, 'w/a.ts': '' })).toEqual(['main.ts', 'a.ts']);
});

test.each<[string, string, Record<string, string>, string[]]>([
  ['a folder has an index', "import './lib';", { 'w/lib/index.mts': '' }, ['lib/index.mts']],
  [
    'a file goes before a folder of its name',
    "import './lib';",
    { 'w/lib.ts': '', 'w/lib/index.ts': '' },
    ['lib.ts'],
  ],
  ['an exact name goes before an ending', "import './a.js';", { 'w/a.js': '', 'w/a.ts': '' }, ['a.js']],
  ['data is read too', "import data from './data.json';", { 'w/data.json': '{}' }, ['data.json']],
  ['a name has other letters', "import './漢字 a.ts';", { 'w/漢字 a.ts': '' }, ['漢字 a.ts']],
  [
    'an import leads on',
    "import './a.ts';",
    { 'w/a.ts': "import './in/b.ts';", 'w/in/b.ts': "import '../c.ts';", 'w/c.ts': '' },
    ['a.ts', 'in/b.ts', 'c.ts'],
  ],
  [
    'imports go in a circle',
    "import './a.ts';",
    { 'w/a.ts': "import './main.ts'; import './a.ts';" },
    ['a.ts'],
  ],
  ['a file is missing', "import './gone.ts'; import './a.ts';", { 'w/a.ts': '' }, ['a.ts']],
  ['a package is no file of the folder', "import 'zod'; import 'node:fs';", {}, []],
  ['a file is outside of the folder', "import '../outside.ts';", { 'outside.ts': '' }, []],
  ['a folder only begins alike', "import '../w2/a.ts';", { 'w2/a.ts': '' }, []],
  ['a file is installed', "import './node_modules/p/a.ts';", { 'w/node_modules/p/a.ts': '' }, []],
  ['a name is put together', "import('./' + name); import(`./a.ts`);", { 'w/a.ts': '' }, []],
  ['a word only ends alike', "reimport './a.ts'; transform('./a.ts')", { 'w/a.ts': '' }, []],
])('%s', (_, text, files, expected) => {
  expect(namesIn({ 'w/main.ts': text, ...files })).toEqual(['main.ts', ...expected]);
});

test('a file that is not there has no sources', () => {
  expect(namesIn({})).toEqual([]);
});

test('each file comes with its text', () => {
  const folder = temporaryFolder();
  writeFiles(folder, { 'main.ts': "import './a.ts';", 'a.ts': '// 漢字' });
  const sources = readSources(path.join(folder, 'main.ts'), folder);
  expect([...sources.values()]).toEqual(["import './a.ts';", '// 漢字']);
});
