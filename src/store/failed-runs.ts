import { type Kysely, sql } from 'kysely';
import type { Timestamp } from '../base/clock.ts';
import type { Run } from '../domain/run.ts';
import { fromJson } from './columns.ts';
import { toRun } from './runs.ts';
import type { Database } from './schema.ts';

/** A run that failed, and where: what was removed since is null. */
export interface FailedRun {
  run: Run;
  thread: { id: string; subject: string | null };
  bot: { id: string; name: string | null };
  payload: Record<string, unknown> | null;
}

/** The runs that failed, as they are shown, chosen and cleared away. */
export class FailedRunStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** The last ones, newest first, and among them those that were handled and have a warning. */
  async newest(limit: number): Promise<FailedRun[]> {
    const [failed, warned] = await Promise.all([
      failedRuns(this.#db).limit(limit).execute(),
      warnedRuns(this.#db).limit(limit).execute(),
    ]);
    return [...failed, ...warned].sort(newestFirst).slice(0, limit).map(toFailedRun);
  }

  /** Those that were handled and have a warning, and whose id begins with a text, newest first. */
  async warnedStartingWith(prefix: string, limit: number): Promise<FailedRun[]> {
    const rows = await warnedRuns(this.#db).where(beginning(prefix), '=', prefix).limit(limit).execute();
    return rows.map(toFailedRun);
  }

  /** Forgets the warnings of a moment and before; gives how many. */
  async forgetWarningsBefore(moment: Timestamp): Promise<number> {
    const { numUpdatedRows } = await this.#db
      .updateTable('runs')
      .set({ error_json: null })
      .where('status', '=', 'handled')
      .where('error_json', 'is not', null)
      .where('finished_at', '<=', moment)
      .executeTakeFirstOrThrow();
    return Number(numUpdatedRows);
  }

  /** The last ones of a thread, newest first. */
  async inThread(threadId: string, limit: number): Promise<FailedRun[]> {
    // Hidden in an expression: SQLite would else begin with all messages of the thread instead of the runs that failed.
    const thread = sql`coalesce(threads.id, '')`;
    const rows = await failedRuns(this.#db).where(thread, '=', threadId).limit(limit).execute();
    return rows.map(toFailedRun);
  }

  /** Those whose id begins with a text, newest first. */
  async startingWith(prefix: string, limit: number): Promise<FailedRun[]> {
    const rows = await failedRuns(this.#db).where(beginning(prefix), '=', prefix).limit(limit).execute();
    return rows.map(toFailedRun);
  }

  /** The ids of all, in the order of their messages. */
  async ids(): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('runs')
      .innerJoin('messages', 'messages.id', 'runs.message_id')
      .select('runs.id')
      .where('status', '=', 'failed')
      .orderBy('messages.sequence')
      .orderBy('runs.id')
      .execute();
    return rows.map(({ id }) => id);
  }

  /**
   * Deletes some that failed at a moment or before, with what they remember of their steps; gives how many. One
   * whose message is still being answered stays: after a crash its action would run a second time.
   */
  async deleteBefore(moment: Timestamp, limit: number): Promise<number> {
    const ended = this.#db
      .selectFrom('runs')
      .innerJoin('messages', 'messages.id', 'runs.message_id')
      .select('runs.id')
      .where('runs.status', '=', 'failed')
      .where('runs.finished_at', '<=', moment)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('jobs')
              .select('jobs.sequence')
              .whereRef('jobs.key', '=', 'messages.thread_id')
              .whereRef('jobs.created_at', '<=', 'runs.started_at')
              .where('jobs.status', '!=', 'failed'),
          ),
        ),
      )
      .limit(limit);
    const { numDeletedRows } = await this.#db
      .deleteFrom('runs')
      .where('id', 'in', ended)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }
}

const beginning = (prefix: string) => sql`substr(runs.id, 1, ${prefix.length})`;

/** All of them, newest first. */
const failedRuns = (db: Kysely<Database>) => runsInPlace(db).where('runs.status', '=', 'failed');

/** All that were handled and have a warning, newest first. */
const warnedRuns = (db: Kysely<Database>) =>
  runsInPlace(db).where('runs.status', '=', 'handled').where('runs.error_json', 'is not', null);

/** Runs with where they were, newest first. */
const runsInPlace = (db: Kysely<Database>) =>
  db
    .selectFrom('runs')
    .innerJoin('messages', 'messages.id', 'runs.message_id')
    .innerJoin('threads', 'threads.id', 'messages.thread_id')
    .leftJoin('bots', 'bots.id', 'runs.bot_id')
    .leftJoin('bot_actions', 'bot_actions.id', 'runs.action_id')
    .selectAll('runs')
    .select(['threads.id as thread_id', 'threads.subject', 'bots.name as bot_name'])
    .select('bot_actions.payload_json')
    .orderBy('runs.finished_at', 'desc')
    .orderBy('runs.id', 'desc');

type FailedRow = Awaited<ReturnType<ReturnType<typeof runsInPlace>['execute']>>[number];

const newestFirst = (one: FailedRow, other: FailedRow): number =>
  placeInTime(one) < placeInTime(other) ? 1 : -1;

const placeInTime = ({ finished_at, id }: FailedRow): string => `${finished_at ?? ''} ${id}`;

const toFailedRun = (row: FailedRow): FailedRun => ({
  run: toRun(row),
  thread: { id: row.thread_id, subject: row.subject },
  bot: { id: row.bot_id, name: row.bot_name },
  payload: fromJson<Record<string, unknown>>(row.payload_json),
});
