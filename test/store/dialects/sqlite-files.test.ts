import { existsSync, linkSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  assertNotEmptied,
  DatabaseFiles,
  Emptied,
  markCreated,
} from '../../../src/store/dialects/sqlite-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** The path of a database in a folder of its own, and these files beside it: `{ '': 'data', '-wal': '' }`. */
function database(files: Record<string, string>): string {
  const file = path.join(temporaryFolder(), 'team.sqlite');
  for (const [ending, content] of Object.entries(files)) writeFileSync(`${file}${ending}`, content);
  return file;
}

describe('the files of an open database', () => {
  test.each<[string, (file: string) => void, string | undefined]>([
    ['as they were', () => undefined, undefined],
    ['written to', (file) => writeFileSync(file, 'more', { flag: 'a' }), undefined],
    ['renamed and put back', (file) => move(move(file, `${file}.old`), file), undefined],
    ['with a second name', (file) => linkSync(file, `${file}.link`), undefined],
    ['with a WAL that shrank to nothing', (file) => truncateSync(`${file}-wal`), undefined],
    ['removed', (file) => rmSync(file), 'removed'],
    ['renamed', (file) => renameSync(file, `${file}.old`), 'removed'],
    ['replaced', (file) => replace(file), 'replaced'],
    ['emptied', (file) => truncateSync(file), 'emptied'],
    ['with a WAL that was removed', (file) => rmSync(`${file}-wal`), 'removed'],
    ['with a WAL that was replaced', (file) => replace(`${file}-wal`), 'replaced'],
    ['with an index that was removed', (file) => rmSync(`${file}-shm`), 'removed'],
  ])('%s', (_, change, trouble) => {
    const file = database({ '': 'data', '-wal': 'wal', '-shm': 'index' });
    const files = new DatabaseFiles(file);
    change(file);
    const found = files.trouble();
    expect(found?.code).toBe(trouble && 'DATABASE_GONE');
    expect(found?.message ?? '').toContain(trouble ?? '');
    if (trouble)
      expect(() => files.assertPresent()).toThrow(expect.objectContaining({ code: 'DATABASE_GONE' }));
    else files.assertPresent();
  });

  test('that were not there when it was opened may come and go', () => {
    const file = database({ '': 'data' });
    const files = new DatabaseFiles(file);
    writeFileSync(`${file}-wal`, 'wal');
    expect(files.trouble()).toBeUndefined();
    rmSync(`${file}-wal`);
    expect(files.trouble()).toBeUndefined();
  });

  test('are named by the end of their path where they are not below the current folder', () => {
    const file = database({ '': 'data' });
    const files = new DatabaseFiles(file);
    rmSync(file);
    const message = files.trouble()?.message;
    expect(message).toContain('team.sqlite');
    expect(message).not.toMatch(/[\\/]team\.sqlite/);
  });
});

const move = (from: string, to: string): string => {
  renameSync(from, to);
  return to;
};

/** Another file in its place, with the same content. The old one is kept, so that its number is not used again. */
function replace(file: string): void {
  move(file, `${file}.old`);
  writeFileSync(file, 'data');
}

describe('opening a file', () => {
  test.each<[string, Record<string, string>, boolean]>([
    ['that is not there', {}, false],
    ['that is not there, with the mark of an earlier database', { '-made': 'x' }, false],
    ['that is empty and new', { '': '' }, false],
    ['that has data', { '': 'data' }, false],
    ['that has data and the mark', { '': 'data', '-made': 'x', '-wal': 'wal' }, false],
    ['that is empty although it was a database', { '': '', '-made': 'x' }, true],
    ['that is empty beside a WAL with data', { '': '', '-wal': 'wal' }, true],
    ['that is empty beside an empty WAL', { '': '', '-wal': '' }, false],
  ])('%s (%#)', (_, files, isRefused) => {
    const file = database(files);
    if (isRefused) expect(() => assertNotEmptied(file)).toThrow(Emptied);
    else assertNotEmptied(file);
    // Nothing that may hold data is touched.
    expect(
      Object.keys(files).filter((ending) => ending !== '-made' && !existsSync(`${file}${ending}`)),
    ).toEqual([]);
  });

  test('after the old database was removed begins anew, without its mark', () => {
    const file = database({ '': 'data' });
    markCreated(file);
    rmSync(file);
    assertNotEmptied(file);
    writeFileSync(file, '');
    assertNotEmptied(file);
    expect(existsSync(`${file}-made`)).toBe(false);
  });

  test('that lost its content after it was made is refused', () => {
    const file = database({ '': 'data' });
    markCreated(file);
    markCreated(file);
    truncateSync(file);
    expect(() => assertNotEmptied(file)).toThrow('it is empty, and it contained a database before');
  });
});

test('a mark that cannot be written is no error', () => {
  expect(() => markCreated(path.join(temporaryFolder(), 'nowhere', 'a.sqlite'))).not.toThrow();
});
