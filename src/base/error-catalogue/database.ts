import { clause, defineError } from './define-error.ts';

/** How to recover from a damaged database. */
const outOfDamage = (file: string): string =>
  `Stop every messenger process and keep a copy of the file and of its -wal file. Then restore a backup, or recover what is readable with "sqlite3 '${file}' .recover | sqlite3 new.sqlite" and put new.sqlite in its place, or move the files away to start with an empty database.`;

/** Errors of the database. */
export const databaseErrors = {
  DATABASE_FULL: defineError(
    507,
    () => 'The disk is full, so nothing was stored. Free some space and try again.',
  ),
  DATABASE_BUSY: defineError(
    503,
    (seconds: number) =>
      `Another process has locked the database for more than ${seconds} seconds, so nothing was stored. Try again later.`,
  ),
  DATABASE_REFUSED: defineError(
    507,
    (problem: string) =>
      `The database cannot be read or written: ${clause(problem)}. Nothing was stored; check the disk and the owner of the files in .messenger.`,
  ),
  DATABASE_UNCONFIRMED: defineError(
    507,
    (problem: string) =>
      `The disk did not confirm the last write to the database: ${clause(problem)}. What was being stored may be there or not, and nothing more is stored until messenger is started again. Check the disk first.`,
  ),
  DATABASE_GONE: defineError(
    503,
    (file: string, what: 'removed' | 'replaced' | 'emptied') =>
      `${file} was ${what} while it was in use. Nothing was stored, and nothing will be until this is fixed. Put the file back as it was; or stop every messenger process, restore a backup (or nothing, to start with an empty database), and start again.`,
  ),
  DATABASE_DAMAGED: defineError(
    507,
    (file: string, problem: string) =>
      `The database ${file} is damaged: ${clause(problem)}. Nothing was stored. ${outOfDamage(file)}`,
  ),
  DATABASE_NEWER: defineError(
    409,
    (found: string, known: string) =>
      `The database is at migration ${found}, but this release only knows migrations up to ${known}. Using it could lose data. Upgrade messenger-bots, or restore a backup.`,
  ),
  DATABASE_UNUSABLE: defineError(
    500,
    (file: string, problem: string, isDamaged = false) =>
      `The database ${file} cannot be opened: ${clause(problem)}. Nothing was changed. ${isDamaged ? outOfDamage(file) : 'Check the file, its owner and the free space.'}`,
  ),
};
