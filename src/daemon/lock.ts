import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { makeDataFolder } from '../base/data-folder.ts';
import { createError, messageOf } from '../base/errors.ts';
import { fileIdentity } from '../base/file-identity.ts';

/** The process that has locked a folder. */
interface Owner {
  pid: number;
  purpose: string;
}

/**
 * Locks a folder for this process alone. It uses the operating system's lock on an empty database, which ends
 * with the process in any case, so no stale lock can remain.
 *
 * @param folder the workspace's data folder; created if missing
 * @param purpose the command that takes the lock
 * @throws WORKSPACE_BUSY with the pid of the process that has it; DATABASE_UNUSABLE
 * @example const lock = disposables.use(lockFolder(workspace.data, 'simulate'))
 */
export function lockFolder(folder: string, purpose: string): FolderLock {
  return new FolderLock(folder, purpose);
}

/** The lock on a folder. It is held until it is closed. */
export class FolderLock {
  readonly #folder: string;
  readonly #purpose: string;
  #lock: SqliteDatabase.Database;
  #opened: string;
  /** The identity of the workspace's folder. */
  readonly #workspace: string;

  /** @throws WORKSPACE_BUSY, DATABASE_UNUSABLE */
  constructor(folder: string, purpose: string) {
    this.#folder = folder;
    this.#purpose = purpose;
    makeDataFolder(folder);
    this.#lock = this.#take();
    this.#opened = fileIdentity(lockFile(folder));
    this.#workspace = fileIdentity(path.dirname(folder));
  }

  /** Whether the locked file is still the one at its path. */
  isThere(): boolean {
    return fileIdentity(lockFile(this.#folder)) === this.#opened;
  }

  /**
   * Locks the folder again after the lock file was removed or replaced. Creates the folder if missing, but
   * not the workspace.
   *
   * @throws WORKSPACE_BUSY when another process was faster; another error when the workspace itself was removed
   *   or replaced, or creating the folder fails
   */
  renew(): void {
    if (fileIdentity(path.dirname(this.#folder)) !== this.#workspace)
      throw new Error('The workspace was removed or replaced.');
    recreate(this.#folder);
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

function recreate(folder: string): void {
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
  makeDataFolder(folder);
}

/**
 * Whether any process has locked a folder. Creates nothing if the folder does not exist.
 *
 * @throws DATABASE_UNUSABLE
 */
export function isFolderLocked(folder: string): boolean {
  const file = path.join(folder, 'lock.sqlite');
  if (!existsSync(file)) return false;
  const database = openThere(file);
  if (database === undefined) return false;
  try {
    // Reading takes a shared lock, so two simultaneous checks do not look like an owner to each other.
    database.prepare('select 1 from sqlite_master').all();
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw unusable(folder, error);
  } finally {
    database.close();
  }
}

/** Opens an existing file; undefined if it was removed just now. */
function openThere(file: string): SqliteDatabase.Database | undefined {
  try {
    return new SqliteDatabase(file, { timeout: 0, fileMustExist: true });
  } catch (error) {
    if (!existsSync(file)) return undefined;
    throw unusable(path.dirname(file), error);
  }
}

/**
 * The process that has locked a folder; undefined when none has.
 *
 * @throws DATABASE_UNUSABLE
 */
export const lockOwner = (folder: string): Owner | undefined =>
  isFolderLocked(folder) ? readOwner(path.join(folder, 'lock.json')) : undefined;

/** The lock, held until it is closed; undefined when another process has it. */
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
