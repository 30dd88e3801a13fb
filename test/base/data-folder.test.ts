import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileCache, makeDataFolder } from '../../src/base/data-folder.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

describe('the data folder', () => {
  test('is made with the folders above it, for its owner alone, and Git ignores it', () => {
    const folder = path.join(temporaryFolder(), 'deep', '.messenger');
    makeDataFolder(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readFileSync(path.join(folder, '.gitignore'), 'utf8')).toBe('*\n');
  });

  test('that is there keeps its content and its own .gitignore', () => {
    const folder = temporaryFolder();
    writeFiles(folder, { '.gitignore': '!kept\n', 'messenger.sqlite': 'data' });
    makeDataFolder(folder);
    expect(
      ['.gitignore', 'messenger.sqlite'].map((name) => readFileSync(path.join(folder, name), 'utf8')),
    ).toEqual(['!kept\n', 'data']);
  });

  test('cannot be made where a file is in its place', () => {
    const folder = temporaryFolder();
    writeFiles(folder, { '.messenger': 'a file' });
    expect(() => makeDataFolder(path.join(folder, '.messenger'))).toThrow(/EEXIST/);
  });
});

describe('compiled files', () => {
  test.each<[string, Record<string, string>, boolean]>([
    ['are kept in the data folder', { '.messenger/messenger.sqlite': '' }, true],
    ['are not kept before there is one, and it is not made for them', {}, false],
    ['are not kept where a file is in its place', { '.messenger': 'a file' }, false],
    ['are not kept where a file is in the place of the cache', { '.messenger/cache': 'a file' }, false],
  ])('%s', (_, files, isKept) => {
    const folder = temporaryFolder();
    writeFiles(folder, files);
    const data = path.join(folder, '.messenger');
    expect(compileCache(folder)).toBe(isKept && path.join(data, 'cache', 'compiled'));
    expect(existsSync(data)).toBe(Object.keys(files).length > 0);
  });

  test('do not create a workspace again that was removed', () => {
    const folder = path.join(temporaryFolder(), 'removed');
    expect([compileCache(folder), existsSync(folder)]).toEqual([false, false]);
  });
});
