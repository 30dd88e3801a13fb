import { rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createError, type MessengerError } from '../../base/errors.ts';

/** Identifies the file at a path; undefined if there is none. */
function statOf(file: string) {
  return statSync(file, { bigint: true, throwIfNoEntry: false });
}

type Stat = ReturnType<typeof statOf>;

const isSame = (one: Stat, other: Stat): boolean => one?.ino === other?.ino && one?.dev === other?.dev;

/**
 * The files of an open database. The system lets a program continue to use files that were removed or replaced.
 * What it writes then is silently lost when it ends. So we check for that.
 */
export class DatabaseFiles {
  readonly #database: string;
  readonly #opened: ReadonlyMap<string, Stat>;

  /** @param database already open, so that its files are the current ones */
  constructor(database: string) {
    this.#database = database;
    // The WAL and its index belong to the database while it is open.
    const files = [database, `${database}-wal`, `${database}-shm`];
    const there = files.map((file) => [file, statOf(file)] as const);
    this.#opened = new Map(there.filter(([, stat]) => stat !== undefined));
  }

  /** Returns DATABASE_GONE if the files are no longer those that were opened. Takes a few microseconds. */
  trouble(): MessengerError | undefined {
    for (const [file, opened] of this.#opened) {
      const found = statOf(file);
      if (found === undefined) return createError('DATABASE_GONE', shown(file), 'removed');
      if (!isSame(found, opened)) return createError('DATABASE_GONE', shown(file), 'replaced');
      if (file === this.#database && found.size === 0n)
        return createError('DATABASE_GONE', shown(file), 'emptied');
    }
    return undefined;
  }

  /** @throws DATABASE_GONE */
  assertPresent(): void {
    const trouble = this.trouble();
    if (trouble) throw trouble;
  }
}

/** A path for messages, relative to the current folder. */
function shown(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') ? path.basename(file) : relative;
}

/** A file that marks a database as created. If that database has 0 bytes, its contents were lost. */
const markOf = (file: string): string => `${file}-made`;

const sizeOf = (file: string): bigint => statOf(file)?.size ?? 0n;

/**
 * Rejects a file of 0 bytes that used to be a database. SQLite would take it for a new one and delete the WAL
 * beside it.
 *
 * @throws Error
 */
export function assertNotEmptied(file: string): void {
  const found = statOf(file);
  // Removing a database means starting over.
  if (found === undefined) rmSync(markOf(file), { force: true });
  else if (found.size === 0n && (statOf(markOf(file)) || sizeOf(`${file}-wal`) > 0n)) throw new Emptied();
}

/** The error that {@link assertNotEmptied} throws. */
export class Emptied extends Error {
  override readonly name = 'Emptied';

  constructor() {
    super('it is empty, and it contained a database before');
  }
}

/** Marks a database as created. If this fails, only the check for an emptied file is lost. */
export function markCreated(file: string): void {
  if (statOf(markOf(file))) return;
  try {
    writeFileSync(
      markOf(file),
      'The database next to this file was created. If it has 0 bytes, something truncated it.\n',
    );
  } catch {}
}
