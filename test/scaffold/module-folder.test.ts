import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ensureModuleFolder } from '../../src/scaffold/module-folder.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

test.each([
  ['says nothing', { 'package.json': '{}' }, true],
  ['says CommonJS', { 'package.json': '{"type":"commonjs"}' }, true],
  ['cannot be read', { 'package.json': '{"type"' }, true],
  ['says module', { 'package.json': '{"type":"module"}' }, false],
  ['says module nearer', { 'package.json': '{}', 'app/package.json': '{"type":"module"}' }, false],
  ['says CommonJS nearer', { 'package.json': '{"type":"module"}', 'app/package.json': '{}' }, true],
])('where the project %s, files become modules: %j %s', (_, files, expected) => {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  const bots = path.join(folder, 'app', 'bots');
  const file = path.join(bots, 'package.json');
  expect(ensureModuleFolder(bots)).toEqual(expected ? [file] : []);
  if (expected) expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ type: 'module' });
  expect(ensureModuleFolder(bots)).toEqual([]);
});

test.each(['{"name":"bots"}', '{"type":"commonjs"}', '{'])(
  'a package.json of the folder itself stays as it is: %s',
  (text) => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'package.json': text });
    expect(ensureModuleFolder(folder)).toEqual([]);
    expect(readFileSync(path.join(folder, 'package.json'), 'utf8')).toBe(text);
  },
);
