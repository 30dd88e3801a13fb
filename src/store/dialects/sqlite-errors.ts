import SqliteDatabase from 'better-sqlite3';
import { createError } from '../../base/errors.ts';
import { systemReason } from '../../base/system-error.ts';

/** Whether another process holds a lock that this one needs: what was tried changed nothing and may be tried again. */
export const isBusy = (error: unknown): boolean =>
  error instanceof SqliteDatabase.SqliteError && error.code.startsWith('SQLITE_BUSY');

/** Whether what is stored cannot be read as a database any more. */
export const isDamaged = (error: unknown): boolean =>
  error instanceof SqliteDatabase.SqliteError &&
  (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB');

/**
 * An error of SQLite as a sentence, where the disk, the file or another process is the cause; any other as it is.
 *
 * @param busyTimeout how long was waited for other processes, in milliseconds
 */
export function explained(error: unknown, file: string, busyTimeout: number): unknown {
  if (isBusy(error)) return createError('DATABASE_BUSY', busyTimeout / 1000);
  if (!(error instanceof SqliteDatabase.SqliteError)) return error;
  if (isDamaged(error)) return createError('DATABASE_DAMAGED', file, error.message);
  if (error.code === 'SQLITE_FULL') return createError('DATABASE_FULL');
  return /^SQLITE_(IOERR|READONLY|CANTOPEN|NOMEM)/.test(error.code)
    ? createError('DATABASE_REFUSED', systemReason(error) ?? error.message)
    : error;
}
