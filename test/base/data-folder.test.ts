import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileCache, makeDataFolder } from '../../src/base/data-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('the folder for compiled files', () => {
  test('is created in the data folder, as often as it is asked for', () => {
    const workspace = temporaryFolder();
    makeDataFolder(path.join(workspace, '.messenger'));
    const compiled = path.join(workspace, '.messenger', 'cache', 'compiled');
    expect([compileCache(workspace), compileCache(workspace)]).toEqual([compiled, compiled]);
    expect(readdirSync(compiled)).toEqual([]);
  });

  test.each([
    ['a workspace without a data folder', () => {}],
    ['a workspace that was removed', (workspace: string) => path.join(workspace, 'removed')],
    [
      'a workspace with a file in its place',
      (workspace: string) => {
        mkdirSync(path.join(workspace, '.messenger'));
        writeFileSync(path.join(workspace, '.messenger', 'cache'), '');
      },
    ],
  ])('is nowhere for %s, and nothing is created', (_, prepare) => {
    const folder = temporaryFolder();
    const workspace = prepare(folder) ?? folder;
    const before = readdirSync(folder, { recursive: true });
    expect(compileCache(workspace)).toBe(false);
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  });
});

test('a data folder is ignored by Git, and a file of the same name is kept', () => {
  const data = path.join(temporaryFolder(), 'data');
  makeDataFolder(data);
  const ignored = path.join(data, '.gitignore');
  expect(readFileSync(ignored, 'utf8')).toBe('*\n');
  writeFileSync(ignored, 'mine');
  makeDataFolder(data);
  expect(readFileSync(ignored, 'utf8')).toBe('mine');
});
