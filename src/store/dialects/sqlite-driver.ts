import type SqliteDatabase from 'better-sqlite3';
import { CompiledQuery, type DatabaseConnection, type Driver, type QueryResult } from 'kysely';
import { messageOf } from '../../base/errors.ts';
import { explainError } from './sqlite-errors.ts';
import { retryWhileBusy, WriterLock } from './sqlite-writer.ts';

/** An open database as the driver uses it. */
export interface SqliteConnections {
  file: string;
  writer: SqliteDatabase.Database;
  /** A second connection for all reads outside transactions; none for a database in memory. */
  reader: SqliteDatabase.Database | undefined;
  /** How long to wait for another process, in milliseconds. */
  busyTimeout: number;
  /** Throws if nothing may be written any more. */
  assertPresent: () => void;
}

/** Kysely prepares a statement at every call. The texts repeat, so each is prepared once and kept. */
class Statements {
  readonly #database: SqliteDatabase.Database;
  readonly #known = new Map<string, SqliteDatabase.Statement<unknown[]>>();

  constructor(database: SqliteDatabase.Database) {
    this.#database = database;
  }

  isReading(sql: string): boolean {
    return this.#prepare(sql).readonly;
  }

  run<Row>({ sql, parameters }: CompiledQuery): QueryResult<Row> {
    const statement = this.#prepare(sql);
    if (statement.reader) return { rows: statement.all(...parameters) as Row[] };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] };
  }

  close(): void {
    this.#database.close();
  }

  #prepare(sql: string): SqliteDatabase.Statement<unknown[]> {
    const statement = this.#known.get(sql) ?? this.#database.prepare<unknown[]>(sql);
    if (this.#known.size > 500) this.#known.clear();
    this.#known.set(sql, statement);
    return statement;
  }
}

/**
 * Reads do not wait for writes; writes run one after the other.
 *
 * In WAL mode, reads need no lock and see the last committed state. A transaction takes the write lock when
 * it begins. Upgrading from a read lock would fail at once when two processes compete.
 */
export class SqliteTwoConnectionsDriver implements Driver {
  readonly #connections: SqliteConnections;
  readonly #writer: Statements;
  readonly #reader: Statements | undefined;
  readonly #writerLock: WriterLock;

  constructor(connections: SqliteConnections) {
    this.#connections = connections;
    this.#writer = new Statements(connections.writer);
    this.#reader = connections.reader && new Statements(connections.reader);
    this.#writerLock = new WriterLock(connections.busyTimeout);
  }

  async init(): Promise<void> {}

  /** Free: the real connection is taken once it is known whether the caller reads, writes or transacts. */
  async acquireConnection(): Promise<DatabaseConnection> {
    return new RoutedConnection(this);
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    if (routed(connection).isInTransaction) this.#endTransaction(connection);
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#withExplainedErrors(() => this.#acquireWriter(begin));
    routed(connection).isInTransaction = true;
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#withExplainedErrors(async () => this.#writer.run(commit));
    this.#endTransaction(connection);
  }

  /** After a full disk SQLite has already rolled back by itself. The caller must see the original error. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await this.#withExplainedErrors(async () => this.#writer.run(rollback));
    } catch (error) {
      if (!messageOf(error).includes('no transaction is active')) throw error;
    }
    this.#endTransaction(connection);
  }

  async destroy(): Promise<void> {
    this.#writerLock.close();
    // The last connection to close writes the WAL back to the file, which a read-only one cannot do.
    this.#reader?.close();
    this.#writer.close();
  }

  execute<Row>(query: CompiledQuery, isInTransaction: boolean): Promise<QueryResult<Row>> {
    return this.#withExplainedErrors(() => {
      if (isInTransaction) return this.#writer.run(query);
      return this.#read<Row>(query) ?? this.#write(query);
    });
  }

  /** Undefined if the query does not only read. */
  #read<Row>(query: CompiledQuery): Promise<QueryResult<Row>> | undefined {
    const reader = this.#reader;
    if (!reader?.isReading(query.sql)) return undefined;
    return retryWhileBusy(() => reader.run(query), this.#connections.busyTimeout);
  }

  async #write<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const result = await this.#acquireWriter<Row>(query);
    this.#writerLock.release();
    return result;
  }

  #acquireWriter<Row>(first: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#writerLock.acquire(() => {
      this.#connections.assertPresent();
      return this.#writer.run<Row>(first);
    });
  }

  #endTransaction(connection: DatabaseConnection): void {
    routed(connection).isInTransaction = false;
    this.#writerLock.release();
  }

  async #withExplainedErrors<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw explainError(error, this.#connections.file, this.#connections.busyTimeout);
    }
  }
}

const raw = (sql: string): CompiledQuery => CompiledQuery.raw(sql);
const [begin, commit, rollback] = [raw('begin immediate'), raw('commit'), raw('rollback')];

/** The connection that Kysely holds during one query or one transaction. */
class RoutedConnection implements DatabaseConnection {
  readonly #driver: SqliteTwoConnectionsDriver;
  isInTransaction = false;

  constructor(driver: SqliteTwoConnectionsDriver) {
    this.#driver = driver;
  }

  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#driver.execute(query, this.isInTransaction);
  }

  /** Reads all rows at once: a half-read result would block checkpoints of the WAL. */
  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    yield await this.executeQuery(query);
  }
}

function routed(connection: DatabaseConnection): RoutedConnection {
  if (connection instanceof RoutedConnection) return connection;
  throw new Error('This connection is not one of this driver.');
}
