import SqliteDatabase from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { explainError, isBusy, isDamaged } from '../../../src/store/dialects/sqlite-errors.ts';

const sqliteError = (code: string): Error => new SqliteDatabase.SqliteError(`told by ${code}`, code);

test.each<[string, boolean, boolean, string | undefined]>([
  ['SQLITE_BUSY', true, false, 'DATABASE_BUSY'],
  ['SQLITE_BUSY_SNAPSHOT', true, false, 'DATABASE_BUSY'],
  ['SQLITE_BUSY_RECOVERY', true, false, 'DATABASE_BUSY'],
  ['SQLITE_CORRUPT', false, true, 'DATABASE_DAMAGED'],
  ['SQLITE_CORRUPT_INDEX', false, true, 'DATABASE_DAMAGED'],
  ['SQLITE_NOTADB', false, true, 'DATABASE_DAMAGED'],
  ['SQLITE_FULL', false, false, 'DATABASE_FULL'],
  ['SQLITE_IOERR', false, false, 'DATABASE_REFUSED'],
  ['SQLITE_IOERR_WRITE', false, false, 'DATABASE_REFUSED'],
  ['SQLITE_READONLY', false, false, 'DATABASE_REFUSED'],
  ['SQLITE_READONLY_DBMOVED', false, false, 'DATABASE_REFUSED'],
  ['SQLITE_CANTOPEN', false, false, 'DATABASE_REFUSED'],
  ['SQLITE_NOMEM', false, false, 'DATABASE_REFUSED'],
  ['SQLITE_CONSTRAINT_UNIQUE', false, false, undefined],
  ['SQLITE_ERROR', false, false, undefined],
  ['SQLITE_LOCKED', false, false, undefined],
])('%s: another process has the lock %s, damaged %s, told as %s', (code, busy, damaged, told) => {
  const error = sqliteError(code);
  expect([isBusy(error), isDamaged(error)]).toEqual([busy, damaged]);
  const explanation = explainError(error, 'a.sqlite', 10_000);
  if (told === undefined) expect(explanation).toBe(error);
  else expect(explanation).toMatchObject({ code: told });
});

describe('the explanation', () => {
  test('has the seconds of waiting, the file, and what SQLite said', () => {
    const message = (code: string) => String(explainError(sqliteError(code), 'team.sqlite', 2_500));
    expect(message('SQLITE_BUSY')).toContain('2.5');
    expect(message('SQLITE_CORRUPT')).toMatch(/team\.sqlite.*told by SQLITE_CORRUPT/s);
    expect(message('SQLITE_IOERR')).toContain('told by SQLITE_IOERR');
  });

  test.each<[string, unknown]>([
    ['an error of another kind with the same code', Object.assign(new Error('a'), { code: 'SQLITE_BUSY' })],
    ['a text', 'SQLITE_BUSY'],
    ['nothing', undefined],
  ])('leaves %s as it is', (_, error) => {
    expect(explainError(error, 'a.sqlite', 1)).toBe(error);
    expect([isBusy(error), isDamaged(error)]).toEqual([false, false]);
  });
});
