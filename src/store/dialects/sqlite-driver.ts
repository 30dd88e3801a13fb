import type SqliteDatabase from 'better-sqlite3';
import { CompiledQuery, type DatabaseConnection, type Driver, type QueryResult } from 'kysely';
import { GroupCommit } from './group-commit.ts';
import { explainError } from './sqlite-errors.ts';
import { retryWhileBusy, WriterLock } from './sqlite-writer.ts';
import type { WriteAheadLog } from './write-ahead-log.ts';

/** An open database as the driver uses it. */
export interface SqliteConnections {
  file: string;
  writer: SqliteDatabase.Database;
  /** A second connection for all reads outside transactions; none for a database in memory. */
  reader: SqliteDatabase.Database | undefined;
  /** None for a database in memory. */
  log: WriteAheadLog | undefined;
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

  get isInTransaction(): boolean {
    return this.#database.inTransaction;
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
 * Reads do not wait for writes; writes run one after the other, and are committed together.
 *
 * In WAL mode, reads need no lock and see the last committed state. A transaction takes the write lock when
 * it begins. Upgrading from a read lock would fail at once when two processes compete.
 */
export class SqliteTwoConnectionsDriver implements Driver {
  readonly #connections: SqliteConnections;
  readonly #writer: Statements;
  readonly #reader: Statements | undefined;
  readonly #writerLock: WriterLock;
  readonly #group: GroupCommit;

  constructor(connections: SqliteConnections) {
    this.#connections = connections;
    const writer = new Statements(connections.writer);
    this.#writer = writer;
    this.#reader = connections.reader && new Statements(connections.reader);
    this.#writerLock = new WriterLock(connections.busyTimeout);
    this.#group = new GroupCommit({
      isOpen: () => writer.isInTransaction,
      begin: () => {
        connections.assertPresent();
        connections.log?.assertUsable();
        writer.run(begin);
      },
      commit: () => {
        // Others have joined since it began.
        connections.assertPresent();
        writer.run(commit);
      },
      rollback: () => void writer.run(rollback),
      undo: () => void writer.run(undo),
      sync: async () => connections.log?.sync(),
    });
  }

  async init(): Promise<void> {}

  /**
   * Free: the real connection is taken once it is known whether the caller reads, writes or transacts.
   *
   * @param isSynced whether writes wait until the disk has them
   */
  async acquireConnection(isSynced = true): Promise<DatabaseConnection> {
    return new RoutedConnection(this, isSynced);
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    if (routed(connection).isInTransaction) this.#endTransaction(connection);
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    const opened = routed(connection);
    await this.#withExplainedErrors(() => this.#acquireWriter(savepoint));
    opened.isInTransaction = true;
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#withExplainedErrors(() => {
      const ended = routed(connection);
      this.#runInside(release);
      ended.isInTransaction = false;
      const stored = this.#group.leave(ended.isSynced);
      this.#writerLock.release();
      return stored;
    });
  }

  /** After a full disk SQLite has already rolled back by itself. The caller must see the original error. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A group that could not be committed has been rolled back as a whole.
    if (!routed(connection).isInTransaction) return;
    if (this.#writer.isInTransaction) for (const query of [undo, release]) this.#writer.run(query);
    this.#endTransaction(connection);
  }

  async destroy(): Promise<void> {
    this.#writerLock.close();
    await this.#group.close();
    this.#connections.log?.close();
    // The last connection to close writes the WAL back to the file, which a read-only one cannot do.
    this.#reader?.close();
    this.#writer.close();
  }

  execute<Row>(
    query: CompiledQuery,
    { isInTransaction, isSynced }: RoutedConnection,
  ): Promise<QueryResult<Row>> {
    return this.#withExplainedErrors(() => {
      if (isInTransaction) return this.#runInside<Row>(query);
      return this.#read<Row>(query) ?? this.#write(query, isSynced);
    });
  }

  /** Undefined if the query does not only read. */
  #read<Row>(query: CompiledQuery): Promise<QueryResult<Row>> | undefined {
    const reader = this.#reader;
    if (!reader?.isReading(query.sql)) return undefined;
    // The writer has the pages in its cache that it wrote; the reader has to read them from the file again.
    const read = () => (this.#writer.isInTransaction ? reader : this.#writer).run<Row>(query);
    return retryWhileBusy(read, this.#connections.busyTimeout);
  }

  async #write<Row>(query: CompiledQuery, isSynced: boolean): Promise<QueryResult<Row>> {
    const result = await this.#acquireWriter<Row>(query);
    const stored = this.#group.leave(isSynced);
    this.#writerLock.release();
    await stored;
    return result;
  }

  /** Waits for the turn to write, and begins it with a query. If that fails, there is no turn. */
  #acquireWriter<Row>(first: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#writerLock.acquire(() => {
      this.#group.enter();
      try {
        return this.#runInside<Row>(first);
      } catch (error) {
        this.#group.abandon();
        throw error;
      }
    });
  }

  /** Runs a query in the transaction of the group. */
  #runInside<Row>(query: CompiledQuery): QueryResult<Row> {
    this.#group.assertOpen();
    try {
      return this.#writer.run<Row>(query);
    } catch (error) {
      this.#group.checkAfter(error);
      throw error;
    }
  }

  #endTransaction(connection: DatabaseConnection): void {
    routed(connection).isInTransaction = false;
    this.#group.abandon();
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
/** Each transaction of a group, so that it can be rolled back alone. */
const [savepoint, release, undo] = [raw('savepoint one'), raw('release one'), raw('rollback to one')];

/** The connection that Kysely holds during one query or one transaction. */
class RoutedConnection implements DatabaseConnection {
  readonly isSynced: boolean;
  isInTransaction = false;
  readonly #driver: SqliteTwoConnectionsDriver;

  constructor(driver: SqliteTwoConnectionsDriver, isSynced: boolean) {
    this.#driver = driver;
    this.isSynced = isSynced;
  }

  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#driver.execute(query, this);
  }

  /** Reads all rows at once: a half-read result would block checkpoints of the WAL. */
  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    yield await this.executeQuery(query);
  }
}

/** The same connections, for writes that do not wait for the disk. */
export class UnsyncedDriver implements Driver {
  readonly #driver: SqliteTwoConnectionsDriver;

  constructor(driver: SqliteTwoConnectionsDriver) {
    this.#driver = driver;
  }

  async init(): Promise<void> {}

  acquireConnection(): Promise<DatabaseConnection> {
    return this.#driver.acquireConnection(false);
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.#driver.releaseConnection(connection);
  }

  beginTransaction(connection: DatabaseConnection): Promise<void> {
    return this.#driver.beginTransaction(connection);
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return this.#driver.commitTransaction(connection);
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return this.#driver.rollbackTransaction(connection);
  }

  /** The connections are closed by those who share them. */
  async destroy(): Promise<void> {}
}

function routed(connection: DatabaseConnection): RoutedConnection {
  if (connection instanceof RoutedConnection) return connection;
  throw new Error('This connection is not one of this driver.');
}
