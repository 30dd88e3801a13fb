import { rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createError, type MessengerError } from '../../base/errors.ts';

/** Which file is at a path; undefined where there is none. */
function statOf(file: string) {
  return statSync(file, { bigint: true, throwIfNoEntry: false });
}

type Stat = ReturnType<typeof statOf>;

const isSame = (one: Stat, other: Stat): boolean => one?.ino === other?.ino && one?.dev === other?.dev;

/**
 * The files of an open database. The system lets a program go on with files that were removed or replaced: what it
 * writes then is gone when it ends, and nobody is told. So we look ourselves.
 */
export class DatabaseFiles {
  readonly #database: string;
  readonly #opened: ReadonlyMap<string, Stat>;

  /** @param database open already: its files are what is there now */
  constructor(database: string) {
    this.#database = database;
    // The log of changes and its index belong to it while it is open.
    const files = [database, `${database}-wal`, `${database}-shm`];
    const there = files.map((file) => [file, statOf(file)] as const);
    this.#opened = new Map(there.filter(([, stat]) => stat !== undefined));
  }

  /** DATABASE_GONE while what is there is not what was opened. Costs a few microseconds. */
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
  assertThere(): void {
    const trouble = this.trouble();
    if (trouble) throw trouble;
  }
}

/** A path as it is told to people: from where the command runs. */
function shown(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') ? path.basename(file) : relative;
}

/** A file beside a database that says that it was made: one of 0 bytes has then lost what it held. */
const markOf = (file: string): string => `${file}-made`;

const sizeOf = (file: string): bigint => statOf(file)?.size ?? 0n;

/**
 * Refuses a file of 0 bytes where there was a database: SQLite would take it for a new one, and remove the log of
 * changes beside it.
 *
 * @throws Error
 */
export function refuseEmptied(file: string): void {
  const found = statOf(file);
  // Whoever removes a database wants to begin anew.
  if (found === undefined) rmSync(markOf(file), { force: true });
  else if (found.size === 0n && (statOf(markOf(file)) || sizeOf(`${file}-wal`) > 0n)) throw new Emptied();
}

/** What {@link refuseEmptied} throws. */
export class Emptied extends Error {
  override readonly name = 'Emptied';

  constructor() {
    super('it is empty, and it held a database before');
  }
}

/** Remembers that a database was made. Without it only that one check is missing. */
export function markMade(file: string): void {
  if (statOf(markOf(file))) return;
  try {
    writeFileSync(
      markOf(file),
      'The database beside this file was made: if it has 0 bytes, something cut it.\n',
    );
  } catch {}
}
