import SqliteDatabase from 'better-sqlite3';
import { createError } from '../../base/errors.ts';
import { systemReason } from '../../base/system-error.ts';

/** Whether another process holds the required lock. The attempt changed nothing and may be repeated. */
export const isBusy = (error: unknown): boolean =>
  error instanceof SqliteDatabase.SqliteError && error.code.startsWith('SQLITE_BUSY');

/** Whether the stored data can no longer be read as a database. */
export const isDamaged = (error: unknown): boolean =>
  error instanceof SqliteDatabase.SqliteError &&
  (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB');

/**
 * Explains an SQLite error that the disk, the file or another process caused. Returns any other error
 * unchanged.
 *
 * @param busyTimeout how long the call waited for other processes, in milliseconds
 */
export function explainError(error: unknown, file: string, busyTimeout: number): unknown {
  if (isBusy(error)) return createError('DATABASE_BUSY', busyTimeout / 1000);
  if (!(error instanceof SqliteDatabase.SqliteError)) return error;
  if (isDamaged(error)) return createError('DATABASE_DAMAGED', file, error.message);
  if (error.code === 'SQLITE_FULL') return createError('DATABASE_FULL');
  return /^SQLITE_(IOERR|READONLY|CANTOPEN|NOMEM)/.test(error.code)
    ? createError('DATABASE_REFUSED', systemReason(error) ?? error.message)
    : error;
}
