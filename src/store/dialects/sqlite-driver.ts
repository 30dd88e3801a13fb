import type SqliteDatabase from 'better-sqlite3';
import { CompiledQuery, type DatabaseConnection, type Driver, type QueryResult } from 'kysely';
import { messageOf } from '../../base/errors.ts';
import { explained } from './sqlite-errors.ts';
import { WriterTurns, whileBusy } from './sqlite-writer.ts';

/** An open database as the driver works with it. */
export interface SqliteConnections {
  file: string;
  writer: SqliteDatabase.Database;
  /** A second connection, for all reading outside transactions; none where a database is known to one alone. */
  reader: SqliteDatabase.Database | undefined;
  /** How long another process may be in the way, in milliseconds. */
  busyTimeout: number;
  /** Throws where nothing may be written any more. */
  assertThere: () => void;
}

/** Kysely prepares a statement at every call; the texts repeat, so each is prepared once. */
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
 * Reads past whoever writes, and writes one after the other.
 *
 * In WAL mode reading needs no lock and sees what was committed last. A transaction takes the write lock at its begin:
 * an upgrade from reading to writing would fail at once where two processes meet.
 */
export class SqliteTwoConnectionsDriver implements Driver {
  readonly #connections: SqliteConnections;
  readonly #writer: Statements;
  readonly #reader: Statements | undefined;
  readonly #turns: WriterTurns;

  constructor(connections: SqliteConnections) {
    this.#connections = connections;
    this.#writer = new Statements(connections.writer);
    this.#reader = connections.reader && new Statements(connections.reader);
    this.#turns = new WriterTurns(connections.busyTimeout);
  }

  async init(): Promise<void> {}

  /** Costs nothing: what matters is taken when it is known whether somebody reads, writes or begins a transaction. */
  async acquireConnection(): Promise<DatabaseConnection> {
    return new RoutedConnection(this);
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    if (routed(connection).isInTransaction) this.#endTransaction(connection);
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#explaining(() => this.#enter(begin));
    routed(connection).isInTransaction = true;
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#explaining(async () => this.#writer.run(commit));
    this.#endTransaction(connection);
  }

  /** After a full disk SQLite has already rolled back by itself; what went wrong is what the caller is to see. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await this.#explaining(async () => this.#writer.run(rollback));
    } catch (error) {
      if (!messageOf(error).includes('no transaction is active')) throw error;
    }
    this.#endTransaction(connection);
  }

  async destroy(): Promise<void> {
    this.#turns.close();
    // The last one to close writes the log of changes back into the file, which who only reads may not.
    this.#reader?.close();
    this.#writer.close();
  }

  execute<Row>(query: CompiledQuery, isInTransaction: boolean): Promise<QueryResult<Row>> {
    return this.#explaining(() => {
      if (isInTransaction) return this.#writer.run(query);
      return this.#read<Row>(query) ?? this.#write(query);
    });
  }

  /** Undefined when the query is not one that only reads. */
  #read<Row>(query: CompiledQuery): Promise<QueryResult<Row>> | undefined {
    const reader = this.#reader;
    if (!reader?.isReading(query.sql)) return undefined;
    return whileBusy(() => reader.run(query), this.#connections.busyTimeout);
  }

  async #write<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const result = await this.#enter<Row>(query);
    this.#turns.leave();
    return result;
  }

  #enter<Row>(first: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#turns.enter(() => {
      this.#connections.assertThere();
      return this.#writer.run<Row>(first);
    });
  }

  #endTransaction(connection: DatabaseConnection): void {
    routed(connection).isInTransaction = false;
    this.#turns.leave();
  }

  async #explaining<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw explained(error, this.#connections.file, this.#connections.busyTimeout);
    }
  }
}

const raw = (sql: string): CompiledQuery => CompiledQuery.raw(sql);
const [begin, commit, rollback] = [raw('begin immediate'), raw('commit'), raw('rollback')];

/** What Kysely holds while it does one query or one transaction. */
class RoutedConnection implements DatabaseConnection {
  readonly #driver: SqliteTwoConnectionsDriver;
  isInTransaction = false;

  constructor(driver: SqliteTwoConnectionsDriver) {
    this.#driver = driver;
  }

  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#driver.execute(query, this.isInTransaction);
  }

  /** All at once: a result that is half read would keep the log of changes from being written back. */
  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    yield await this.executeQuery(query);
  }
}

function routed(connection: DatabaseConnection): RoutedConnection {
  if (connection instanceof RoutedConnection) return connection;
  throw new Error('This connection is not one of this driver.');
}
