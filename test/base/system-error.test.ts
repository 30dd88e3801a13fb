import { readFileSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { expect, test } from 'vitest';
import { systemFailure } from '../../src/base/system-error.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What some work throws. */
function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('It threw nothing.');
}

const refused = (code: string, more: object = {}) => Object.assign(new Error('raw'), { code, ...more });

test('an error of a file is told with its path and the reason', () => {
  const folder = temporaryFolder();
  const missing = path.join(folder, 'a.txt');
  expect(systemFailure(thrownBy(() => readFileSync(missing)))).toMatchObject({
    code: 'SYSTEM_REFUSED',
    message: `${missing} cannot be used: it is not there. Check the path, its owner and the free space.`,
  });
});

test.each([
  ['EACCES', { path: '/a/b' }, '/a/b cannot be used: permission is denied.'],
  ['EROFS', { path: '/a/b' }, '/a/b cannot be used: the disk cannot be written to.'],
  ['ENOTDIR', { path: '/a/b' }, '/a/b cannot be used: it is a file, or is in a file, and not a folder.'],
  ['EISDIR', {}, 'given.ts cannot be used: it is a folder and not a file.'],
  ['ENOSPC', {}, 'given.ts cannot be used: no space is left on the disk.'],
])('%s with %j', (code, more, sentence) => {
  expect(systemFailure(refused(code, more), 'given.ts')?.message).toContain(sentence);
});

test('an error of the database is told with its reason', () => {
  const database = new SqliteDatabase(':memory:');
  const error = thrownBy(() =>
    database.exec('pragma max_page_count = 1; create table a (b); create table c (d)'),
  );
  database.close();
  expect(systemFailure(error)?.message).toBe(
    'The database in .messenger cannot be used: database or disk is full. Check the path, its owner and the free space.',
  );
});

test.each([[new Error('raw')], [refused('ERR_ASSERTION')], ['EACCES'], [{ code: 'EACCES' }], [undefined]])(
  '%s is none of the system',
  (error) => {
    expect(systemFailure(error)).toBeUndefined();
  },
);
