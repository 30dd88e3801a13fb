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
import { makeDataFolder } from '../../base/data-folder.ts';
import { failure, sentenceOf } from '../../base/errors.ts';

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
    if (file !== ':memory:') makeDataFolder(path.dirname(file));
    const database = new SqliteDatabase(file, { timeout: busyTimeout });
    // SQLite's own lower() knows ASCII only.
    database.function('lower', { deterministic: true }, lower);
    database.pragma('journal_mode = wal');
    database.pragma('synchronous = full');
    database.pragma('foreign_keys = on');
    return new ImmediateSqliteDialect({ database: withStatementCache(database) });
  } catch (error) {
    throw failure('DATABASE_UNUSABLE', file, sentenceOf(error));
  }
}

const lower = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);

/** Kysely prepares a statement at every call; the texts repeat, so each is prepared once. */
function withStatementCache(database: SqliteDatabase.Database) {
  const statements = new Map<string, SqliteDatabase.Statement<unknown[]>>();
  return {
    close: () => database.close(),
    prepare(text: string) {
      const cached = statements.get(text) ?? database.prepare<unknown[]>(text);
      if (statements.size > 500) statements.clear();
      statements.set(text, cached);
      return cached;
    },
  };
}
