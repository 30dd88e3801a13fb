import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely';
import { failure, sentenceOf } from '../../base/errors.ts';
import { systemReason } from '../../base/system-error.ts';

/** How long a statement waits while another process writes. */
const busyTimeout = 10_000;

/**
 * Kysely's SQLite dialect with two differences: a transaction takes the write lock at its begin (a later
 * upgrade from reading to writing fails at once where two processes meet), and tables change inside it.
 */
class ImmediateSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#config);
  }

  override createAdapter(): DialectAdapter {
    return new TransactionalDdlAdapter();
  }
}

class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** After a full disk SQLite has already rolled back by itself; what went wrong is what the caller is to see. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection);
    } catch (error) {
      if (!sentenceOf(error).includes('no transaction is active')) throw error;
    }
  }
}

class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/**
 * Opens (and creates) a database file; `:memory:` for one that lives as long as the process.
 *
 * @throws DATABASE_UNUSABLE when the file is no database or cannot be read or written
 */
export function openSqliteDialect(file: string): SqliteDialect {
  try {
    if (file !== ':memory:') mkdirSync(path.dirname(file), { recursive: true });
    return new ImmediateSqliteDialect({ database: withStatementCache(openDatabase(file)) });
  } catch (error) {
    throw failure('DATABASE_UNUSABLE', file, systemReason(error) ?? sentenceOf(error));
  }
}

function openDatabase(file: string): SqliteDatabase.Database {
  const database = new SqliteDatabase(file, { timeout: busyTimeout });
  try {
    refuseForeign(database, file);
    // SQLite's own lower() knows ASCII only.
    database.function('lower', { deterministic: true }, lower);
    switchToWal(database);
    database.pragma('synchronous = full');
    database.pragma('foreign_keys = on');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A file that is not ours stays as it is: a short text, which SQLite would overwrite, and others' tables. */
function refuseForeign(database: SqliteDatabase.Database, file: string): void {
  const isEmpty = file === ':memory:' || statSync(file).size === 0;
  if (!isEmpty && database.pragma('page_count', { simple: true }) === 0)
    throw new Error('file is not a database');
  const tables = database.prepare("select name from sqlite_master where type = 'table'").pluck().all();
  if (tables.length > 0 && !tables.includes('kysely_migration'))
    throw new Error('it belongs to another program');
}

/** Where another process writes at this moment SQLite refuses the switch at once, whatever the timeout says. */
function switchToWal(database: SqliteDatabase.Database): void {
  const end = Date.now() + busyTimeout;
  for (;;) {
    try {
      database.pragma('journal_mode = wal');
      return;
    } catch (error) {
      const isBusy = error instanceof SqliteDatabase.SqliteError && error.code === 'SQLITE_BUSY';
      if (!isBusy || Date.now() > end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

const lower = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);

/** Kysely prepares a statement at every call; the texts repeat, so each is prepared once. */
function withStatementCache(database: SqliteDatabase.Database) {
  const statements = new Map<string, ReturnType<typeof explained>>();
  return {
    close: () => database.close(),
    prepare(text: string) {
      const cached = statements.get(text) ?? explained(database, text);
      if (statements.size > 500) statements.clear();
      statements.set(text, cached);
      return cached;
    },
  };
}

/** A statement whose failures are sentences where the disk or another process is the cause. */
function explained(database: SqliteDatabase.Database, text: string) {
  const statement = explain(() => database.prepare<unknown[]>(text));
  return {
    reader: statement.reader,
    all: (values: readonly unknown[]) => explain(() => statement.all(values)),
    run: (values: readonly unknown[]) => explain(() => statement.run(values)),
    iterate: (values: readonly unknown[]) => statement.iterate(values),
  };
}

function explain<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof SqliteDatabase.SqliteError ? (reasonOf(error) ?? error) : error;
  }
}

function reasonOf({ code, message }: { code: string; message: string }): Error | undefined {
  if (code === 'SQLITE_FULL') return failure('DATABASE_FULL');
  if (code.startsWith('SQLITE_BUSY')) return failure('DATABASE_BUSY', busyTimeout / 1000);
  const isOfTheDisk = code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_READONLY');
  return isOfTheDisk ? failure('DATABASE_REFUSED', message) : undefined;
}
