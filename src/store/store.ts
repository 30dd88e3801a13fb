import { Kysely } from 'kysely';
import type { MessengerError } from '../base/errors.ts';
import { AppKeyStore } from './app-keys.ts';
import { ArchivedBotStore } from './archived-bots.ts';
import { AttachedActionStore } from './attached-actions.ts';
import { BotStore } from './bots.ts';
import { ConversationStore } from './conversations.ts';
import { CooldownStore } from './cooldowns.ts';
import { inMemory, openSqliteDialect } from './dialects/sqlite.ts';
import { markCreated } from './dialects/sqlite-files.ts';
import { FailedRunStore } from './failed-runs.ts';
import { HistoryStore } from './history.ts';
import { IdempotencyKeyStore } from './idempotency-keys.ts';
import { InviteStore } from './invites.ts';
import { JobStore } from './jobs.ts';
import { MessagePlaceStore } from './message-places.ts';
import { MessageStore } from './messages.ts';
import { migrate } from './migrate.ts';
import { ParticipantStore } from './participants.ts';
import { ReactionStore } from './reactions.ts';
import { recorded } from './recording.ts';
import { RunTraceStore } from './run-traces.ts';
import { RunStore } from './runs.ts';
import { ScheduleStore } from './schedule.ts';
import type { Database } from './schema.ts';
import { ThreadStore } from './threads.ts';
import { TokenStore } from './tokens.ts';
import { UnclaimedFileStore } from './unclaimed-files.ts';
import { UserStore } from './users.ts';

/**
 * Everything that is stored, by kind. Inside a transaction, use the `Store` that {@link Store.transaction}
 * passes.
 */
export class Store {
  readonly users: UserStore;
  readonly tokens: TokenStore;
  readonly appKeys: AppKeyStore;
  readonly threads: ThreadStore;
  readonly participants: ParticipantStore;
  readonly conversations: ConversationStore;
  readonly messages: MessageStore;
  readonly messagePlaces: MessagePlaceStore;
  readonly history: HistoryStore;
  readonly reactions: ReactionStore;
  readonly bots: BotStore;
  readonly archivedBots: ArchivedBotStore;
  readonly attachedActions: AttachedActionStore;
  readonly cooldowns: CooldownStore;
  readonly invites: InviteStore;
  readonly jobs: JobStore;
  readonly runs: RunStore;
  readonly runTraces: RunTraceStore;
  readonly schedule: ScheduleStore;
  readonly failedRuns: FailedRunStore;
  readonly unclaimedFiles: UnclaimedFileStore;
  readonly idempotencyKeys: IdempotencyKeyStore;
  /**
   * The same store, whose writes do not wait for the disk. A crash of the process loses none of them; a power failure
   * may lose the last ones, but nothing is on the disk without what was written before it. For what is done again
   * with the same result if it is lost, such as taking a job of the queue. Nobody may be told of it: what finds it
   * done and writes nothing does not wait for the disk either.
   */
  readonly unsynced: Store;
  readonly #db: Kysely<Database>;

  constructor(
    db: Kysely<Database>,
    unsynced: Kysely<Database> = db,
    /**
     * Why nothing can be stored: DATABASE_GONE if the database's files are not those that were opened, DATABASE_UNCONFIRMED
     * if the disk failed.
     */
    readonly trouble: () => MessengerError | undefined = () => undefined,
  ) {
    this.#db = db;
    this.unsynced = unsynced === db ? this : new Store(unsynced, unsynced, trouble);
    this.users = new UserStore(db);
    this.tokens = new TokenStore(db);
    this.appKeys = new AppKeyStore(db);
    this.threads = new ThreadStore(db);
    this.participants = new ParticipantStore(db);
    this.conversations = new ConversationStore(db);
    this.messages = new MessageStore(db);
    this.messagePlaces = new MessagePlaceStore(db);
    this.history = new HistoryStore(db);
    this.reactions = new ReactionStore(db);
    this.bots = new BotStore(db);
    this.archivedBots = new ArchivedBotStore(db);
    this.attachedActions = new AttachedActionStore(db);
    this.cooldowns = new CooldownStore(db);
    this.invites = new InviteStore(db);
    this.jobs = new JobStore(db);
    this.runs = new RunStore(db);
    this.runTraces = new RunTraceStore(db);
    this.schedule = new ScheduleStore(db);
    this.failedRuns = new FailedRunStore(db);
    this.unclaimedFiles = new UnclaimedFileStore(db);
    this.idempotencyKeys = new IdempotencyKeyStore(db);
  }

  /**
   * Commits all of `work` or nothing. Danger: inside, use only the store that is passed. Reads from the outer
   * store do not see this transaction. Writes to it wait for the transaction to end, so they never return.
   */
  transaction<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
    return recorded(
      (inside) => this.#db.transaction().execute((transaction) => inside(new Store(transaction))),
      work,
    );
  }

  /** Closes the database. The store must not be used afterwards. */
  async close(): Promise<void> {
    if (this.unsynced !== this) await this.unsynced.close();
    await this.#db.destroy();
  }
}

/** Options for opening a database. */
export interface StoreOptions {
  /** How long a write waits while another process has the database locked, in milliseconds. */
  busyTimeout?: number;
}

/** A database in memory with all tables: to copy one takes a tenth of the time of migrating one. */
let emptyImage: Buffer | undefined;

/**
 * Opens the SQLite database of a workspace and migrates its tables. Reads never wait for writes. A write that
 * waits for another process blocks nothing else.
 *
 * @throws DATABASE_UNUSABLE, DATABASE_NEWER, DATABASE_BUSY
 * @example const store = disposables.use(await openSqliteStore('.messenger/messenger.sqlite'))
 */
export async function openSqliteStore(
  file: string,
  { busyTimeout = 10_000 }: StoreOptions = {},
): Promise<Store> {
  const begun = file === inMemory ? emptyImage : undefined;
  const { dialect, unsynced, file: opened, image } = await openSqliteDialect(file, busyTimeout, begun);
  const db = new Kysely<Database>({ dialect });
  try {
    await migrate(db, { sequence: 'integer primary key autoincrement' });
    if (opened) markCreated(file);
    else emptyImage ??= image();
    return new Store(db, new Kysely<Database>({ dialect: unsynced }), opened?.trouble);
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
