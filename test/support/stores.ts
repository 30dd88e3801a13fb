import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { Kysely } from 'kysely';
import { onTestFinished } from 'vitest';
import { openSqliteDialect } from '../../src/store/dialects/sqlite.ts';
import { retryWhileBusy } from '../../src/store/dialects/sqlite-writer.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { Database } from '../../src/store/schema.ts';
import { openSqliteStore, type Store } from '../../src/store/store.ts';
import { makeWorkspace } from './workspace.ts';

/** The path of a database that is not there yet, in a folder that goes with the test. */
export const databaseFile = (): string => makeWorkspace().database;

/** The path of any other file in such a folder. */
export const fileBeside = (database: string, name: string): string =>
  path.join(path.dirname(path.dirname(database)), name);

/** Opens a store, by default a new one; it is closed after the test. */
export async function openStore(file = databaseFile()): Promise<Store> {
  const store = await openSqliteStore(file);
  onTestFinished(() => store.close());
  return store;
}

/** A new database in memory with all tables, without a store. */
export async function openDatabase(): Promise<Kysely<Database>> {
  const { dialect } = await openSqliteDialect(':memory:', 1_000);
  const db = new Kysely<Database>({ dialect });
  await migrate(db, { sequence: 'integer primary key autoincrement' });
  return db;
}

/** Asks a database directly, past the store. */
export function rowsOf(file: string, query: string): unknown[] {
  const database = new SqliteDatabase(file, { readonly: true });
  try {
    return database.prepare(query).all();
  } finally {
    database.close();
  }
}

/**
 * Changes a database directly, without the store. Waits while the store writes: in the same process, SQLite would wait
 * for what cannot go on meanwhile.
 */
export async function changeDatabase(
  file: string,
  change: (database: SqliteDatabase.Database) => void,
): Promise<void> {
  const database = new SqliteDatabase(file, { timeout: 0 });
  try {
    await retryWhileBusy(() => change(database), 10_000);
  } finally {
    database.close();
  }
}

/** Changes a database directly by statements. */
export const execute = (file: string, statements: string): Promise<void> =>
  changeDatabase(file, (database) => void database.exec(statements));
