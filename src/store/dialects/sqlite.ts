import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { type DialectAdapter, type Driver, SqliteAdapter, SqliteDialect } from 'kysely';
import { createError, type MessengerError, messageOf } from '../../base/errors.ts';
import { systemReason } from '../../base/system-error.ts';
import { type SqliteConnections, SqliteTwoConnectionsDriver, UnsyncedDriver } from './sqlite-driver.ts';
import { isBusy, isDamaged } from './sqlite-errors.ts';
import { assertNotEmptied, DatabaseFiles, Emptied } from './sqlite-files.ts';
import { retryWhileBusy } from './sqlite-writer.ts';
import { WriteAheadLog } from './write-ahead-log.ts';

/** Kysely's SQLite dialect with our own driver, and with schema changes inside transactions. */
class TwoConnectionsDialect extends SqliteDialect {
  readonly #driver: Driver;

  constructor({ writer }: SqliteConnections, driver: Driver) {
    super({ database: writer });
    this.#driver = driver;
  }

  override createDriver(): Driver {
    return this.#driver;
  }

  override createAdapter(): DialectAdapter {
    return new TransactionalDdlAdapter();
  }
}

class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** An open database. */
interface OpenDialect {
  dialect: SqliteDialect;
  /** The same database for writes that do not wait for the disk. */
  unsynced: SqliteDialect;
  /** Undefined for a database in memory. */
  file?: {
    /** Why nothing can be stored any more; undefined while it can. */
    trouble(): MessengerError | undefined;
  };
  /** The whole database as bytes, from which another one in memory can be opened. */
  image(): Buffer;
}

/** The name of a database in memory. */
export const inMemory = ':memory:';

/**
 * Opens a database file, creating it if necessary; `:memory:` opens one that lasts as long as the process.
 *
 * @param busyTimeout how long to wait for another process, in milliseconds
 * @param image what a database in memory begins with
 * @throws DATABASE_UNUSABLE when the file is not a database or cannot be read or written, DATABASE_BUSY
 */
export async function openSqliteDialect(
  file: string,
  busyTimeout: number,
  image?: Buffer,
): Promise<OpenDialect> {
  try {
    if (file !== inMemory) mkdirSync(path.dirname(file), { recursive: true });
    if (file !== inMemory) assertNotEmptied(file);
    const connections = await connect(file, busyTimeout, image);
    if (file === inMemory) return dialectsOf(connections);
    const files = new DatabaseFiles(file);
    const { log } = connections;
    return {
      ...dialectsOf({ ...connections, assertPresent: () => files.assertPresent() }),
      file: { trouble: () => files.trouble() ?? log?.trouble },
    };
  } catch (error) {
    if (isBusy(error)) throw createError('DATABASE_BUSY', busyTimeout / 1000);
    throw createError(
      'DATABASE_UNUSABLE',
      file,
      systemReason(error) ?? messageOf(error),
      isDamaged(error) || error instanceof Emptied,
    );
  }
}

function dialectsOf(connections: SqliteConnections): OpenDialect {
  const driver = new SqliteTwoConnectionsDriver(connections);
  return {
    dialect: new TwoConnectionsDialect(connections, driver),
    unsynced: new TwoConnectionsDialect(connections, new UnsyncedDriver(driver)),
    image: () => connections.writer.serialize(),
  };
}

async function connect(file: string, busyTimeout: number, image?: Buffer): Promise<SqliteConnections> {
  const opened: SqliteDatabase.Database[] = [];
  const open = (prepare: (database: SqliteDatabase.Database) => void) => {
    // SQLite itself must not wait: that would block the whole process.
    const database = new SqliteDatabase(image ?? file, { timeout: 0 });
    opened.unshift(database);
    // SQLite's own lower() only handles ASCII.
    database.function('lower', { deterministic: true }, lower);
    return retryWhileBusy(() => prepare(database), busyTimeout).then(() => database);
  };
  try {
    const writer = await open((database) => prepareWriter(database, file));
    const reader = file === inMemory ? undefined : await open(prepareReader);
    const log = file === inMemory ? undefined : new WriteAheadLog(file);
    return { file, writer, reader, log, busyTimeout, assertPresent: () => {} };
  } catch (error) {
    for (const database of opened) database.close();
    throw error;
  }
}

/** Pages of 4 KB after which the log is written back. */
const logPages = 4_000;

function prepareWriter(database: SqliteDatabase.Database, file: string): void {
  assertOwnDatabase(database, file);
  database.pragma('journal_mode = wal');
  // We wait for the disk ourselves, after each group of commits.
  database.pragma('synchronous = normal');
  // Writing the log back into the file blocks the process, and costs less for many pages at once.
  database.pragma(`wal_autocheckpoint = ${logPages}`);
  database.pragma('foreign_keys = on');
  // Or each savepoint would create a file.
  database.pragma('temp_store = memory');
}

/** Not opened read-only: after a crash that needs recovery, a read-only connection could not read at all. */
function prepareReader(database: SqliteDatabase.Database): void {
  database.pragma('query_only = on');
  database.prepare('select 1 from sqlite_master').all();
}

/**
 * Rejects foreign files unchanged: a short text, which SQLite would overwrite, or another program's tables.
 */
function assertOwnDatabase(database: SqliteDatabase.Database, file: string): void {
  const isEmpty = file === inMemory || statSync(file).size === 0;
  if (!isEmpty && database.pragma('page_count', { simple: true }) === 0)
    throw new Error('file is not a database');
  const tables = database.prepare("select name from sqlite_master where type = 'table'").pluck().all();
  if (tables.length > 0 && !tables.includes('kysely_migration'))
    throw new Error('it belongs to another program');
}

const lower = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);
