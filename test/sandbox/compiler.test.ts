import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeDataFolder } from '../../src/base/data-folder.ts';
import { createJiti } from '../../src/base/jiti.ts';
import { Compiler } from '../../src/sandbox/compiler.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

/** A workspace with these files, and a compiler for it. */
function compiling(files: Record<string, string>) {
  const folder = temporaryFolder();
  makeDataFolder(path.join(folder, '.messenger'));
  writeFiles(folder, files);
  const compiler = new Compiler(folder);
  onTestFinished(() => compiler.close());
  const compiled = path.join(folder, '.messenger', 'cache', 'compiled');
  return {
    compiler,
    folder,
    compile: (...names: string[]) => compiler.compile(names.map((name) => path.join(folder, name))),
    cached: () => (existsSync(compiled) ? readdirSync(compiled).sort() : []),
  };
}

/** The same with the paths, which are in the names of the cache, left out. */
const names = (files: readonly string[]) => files.map((file) => file.replace(/\.[0-9a-f]+\./, '.'));

test('what it compiles is found by the import of a worker, which compiles nothing more', async () => {
  const { folder, compile, cached } = compiling({ 'bots/a.ts': 'export const a: number = 1;' });
  await compile('bots/a.ts');
  const before = cached();
  expect(names(before)).toEqual(['bots-a.mjs']);
  const file = path.join(folder, 'bots/a.ts');
  expect(await createJiti(file, { workspace: folder }).import(file)).toMatchObject({ a: 1 });
  expect(cached()).toEqual(before);
});

test.each([
  ['is broken', { 'bots/other.ts': 'const = 1;' }],
  ['is missing', {}],
  ['has a decorator that would be called wrongly', { 'bots/other.ts': '@Logged class Other {}' }],
])('a file is compiled when one before it %s', async (_, more) => {
  const { compile, cached } = compiling({ 'bots/a.ts': 'export const a = 1;', ...more });
  await compile('bots/other.ts', 'bots/a.ts');
  expect(names(cached())).toEqual(['bots-a.mjs']);
});

test('only TypeScript is compiled', async () => {
  const { compile, cached } = compiling({ 'bots/data.json': '{}', 'bots/a.mjs': 'export const a = 1;' });
  await compile('bots/data.json', 'bots/a.mjs');
  expect(cached()).toEqual([]);
});

test('a second compiler is started after the first has ended', async () => {
  const { compiler, compile, cached } = compiling({ 'bots/a.ts': 'export const a = 1;', 'bots/b.ts': '' });
  await compile('bots/a.ts');
  await compiler.close();
  await compile('bots/b.ts');
  expect(names(cached())).toEqual(['bots-a.mjs', 'bots-b.mjs']);
});
