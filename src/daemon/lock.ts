import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { makeDataFolder } from '../base/data-folder.ts';
import { createError, messageOf } from '../base/errors.ts';
import { fileIdentity } from '../base/file-identity.ts';

/** Who works in a folder. */
interface Owner {
  pid: number;
  purpose: string;
}

/**
 * Takes a folder for this process alone. The lock is the system's own lock on an empty database, so it ends
 * with the process however that ends: there is no stale one.
 *
 * @param folder the workspace's data folder; made when missing
 * @param purpose the command that takes it
 * @throws WORKSPACE_BUSY with the pid of the process that has it, DATABASE_UNUSABLE
 * @example const lock = disposables.use(lockFolder(workspace.data, 'simulate'))
 */
export function lockFolder(folder: string, purpose: string): FolderLock {
  return new FolderLock(folder, purpose);
}

/** The lock on a folder, until it is closed. */
export class FolderLock {
  readonly #folder: string;
  readonly #purpose: string;
  #lock: SqliteDatabase.Database;
  #opened: string;

  /** @throws WORKSPACE_BUSY, DATABASE_UNUSABLE */
  constructor(folder: string, purpose: string) {
    this.#folder = folder;
    this.#purpose = purpose;
    makeDataFolder(folder);
    this.#lock = this.#take();
    this.#opened = fileIdentity(lockFile(folder));
  }

  /** Whether the file that is locked is still the one that others would lock. */
  isThere(): boolean {
    return fileIdentity(lockFile(this.#folder)) === this.#opened;
  }

  /**
   * Locks the folder again, where the file of the lock was removed or replaced. The folder itself is made again, what
   * it is in is not.
   *
   * @throws WORKSPACE_BUSY when somebody else was faster, and an error of the system where the folder cannot be made
   */
  renew(): void {
    makeAgain(this.#folder);
    const lock = this.#take();
    this.#lock.close();
    this.#lock = lock;
    this.#opened = fileIdentity(lockFile(this.#folder));
  }

  close(): void {
    this.#lock.close();
  }

  #take(): SqliteDatabase.Database {
    const lock = tryLock(this.#folder);
    const ownerFile = path.join(this.#folder, 'lock.json');
    if (lock === undefined) {
      const owner = readOwner(ownerFile);
      throw createError('WORKSPACE_BUSY', owner.pid, owner.purpose);
    }
    writeFileSync(ownerFile, JSON.stringify({ pid: process.pid, purpose: this.#purpose } satisfies Owner));
    return lock;
  }
}

const lockFile = (folder: string): string => path.join(folder, 'lock.sqlite');

function makeAgain(folder: string): void {
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
  makeDataFolder(folder);
}

/**
 * Whether a process, this one or another, has taken a folder. Nothing is made where there is no folder.
 *
 * @throws DATABASE_UNUSABLE
 */
export function isFolderLocked(folder: string): boolean {
  const file = path.join(folder, 'lock.sqlite');
  if (!existsSync(file)) return false;
  const database = openThere(file);
  if (database === undefined) return false;
  try {
    // Reading shares the lock: who asks at the same moment is not taken for somebody who has the folder.
    database.prepare('select 1 from sqlite_master').all();
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw unusable(folder, error);
  } finally {
    database.close();
  }
}

/** Opens a file that is there; undefined where it went a moment ago. */
function openThere(file: string): SqliteDatabase.Database | undefined {
  try {
    return new SqliteDatabase(file, { timeout: 0, fileMustExist: true });
  } catch (error) {
    if (!existsSync(file)) return undefined;
    throw unusable(path.dirname(file), error);
  }
}

/**
 * Who has taken a folder; undefined when nobody has.
 *
 * @throws DATABASE_UNUSABLE
 */
export const lockOwner = (folder: string): Owner | undefined =>
  isFolderLocked(folder) ? readOwner(path.join(folder, 'lock.json')) : undefined;

/** The lock, until it is closed; undefined when somebody else has it. */
function tryLock(folder: string): SqliteDatabase.Database | undefined {
  const database = new SqliteDatabase(lockFile(folder), { timeout: 200 });
  try {
    database.exec('begin exclusive');
    return database;
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw unusable(folder, error);
  }
}

const unusable = (folder: string, error: unknown): Error =>
  createError('DATABASE_UNUSABLE', path.join(folder, 'lock.sqlite'), messageOf(error));

const isBusy = (error: unknown): boolean =>
  error instanceof SqliteDatabase.SqliteError && error.code === 'SQLITE_BUSY';

function readOwner(file: string): Owner {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { pid: 0, purpose: 'simulate' };
  }
}
