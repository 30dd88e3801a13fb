import { type Kysely, sql } from 'kysely';
import type { Timestamp } from '../base/clock.ts';
import type { Run } from '../domain/run.ts';
import { fromJson } from './columns.ts';
import { toRun } from './runs.ts';
import type { Database } from './schema.ts';

/** A failed run and its place. What has been removed since is null. */
export interface FailedRun {
  run: Run;
  thread: { id: string; subject: string | null };
  bot: { id: string; name: string | null };
  payload: Record<string, unknown> | null;
}

/** Lists, selects and deletes failed runs. */
export class FailedRunStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** The newest failed runs, and handled runs with a warning, newest first. */
  async newest(limit: number): Promise<FailedRun[]> {
    const [failed, warned] = await Promise.all([
      failedRuns(this.#db).limit(limit).execute(),
      warnedRuns(this.#db).limit(limit).execute(),
    ]);
    return [...failed, ...warned].sort(newestFirst).slice(0, limit).map(toFailedRun);
  }

  /** Handled runs with a warning whose id begins with a prefix, newest first. */
  async warnedStartingWith(prefix: string, limit: number): Promise<FailedRun[]> {
    const rows = await warnedRuns(this.#db)
      .where(firstCharacters(prefix), '=', prefix)
      .limit(limit)
      .execute();
    return rows.map(toFailedRun);
  }

  /** Deletes the warnings at or before a moment; returns how many. */
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

  /** The newest failed runs of a thread, newest first. */
  async inThread(threadId: string, limit: number): Promise<FailedRun[]> {
    const rows = await failedRuns(this.#db).where('runs.thread_id', '=', threadId).limit(limit).execute();
    return rows.map(toFailedRun);
  }

  /** Failed runs whose id begins with a prefix, newest first. */
  async startingWith(prefix: string, limit: number): Promise<FailedRun[]> {
    const rows = await failedRuns(this.#db)
      .where(firstCharacters(prefix), '=', prefix)
      .limit(limit)
      .execute();
    return rows.map(toFailedRun);
  }

  /** The ids of all failed runs, in the order of their messages. */
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
   * Deletes up to `limit` runs that failed at or before a moment, with their stored effects; returns how
   * many. A run whose message is still being answered is kept. After a crash its action would otherwise run
   * again.
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

const firstCharacters = (prefix: string) => sql`substr(runs.id, 1, ${prefix.length})`;

/** All failed runs, newest first. */
const failedRuns = (db: Kysely<Database>) => runsInPlace(db).where('runs.status', '=', 'failed');

/** All handled runs with a warning, newest first. */
const warnedRuns = (db: Kysely<Database>) =>
  runsInPlace(db).where('runs.status', '=', 'handled').where('runs.error_json', 'is not', null);

/** Runs joined with their place, newest first. */
const runsInPlace = (db: Kysely<Database>) =>
  db
    .selectFrom('runs')
    .innerJoin('threads', 'threads.id', 'runs.thread_id')
    .leftJoin('bots', 'bots.id', 'runs.bot_id')
    .leftJoin('bot_actions', 'bot_actions.id', 'runs.action_id')
    .selectAll('runs')
    .select(['threads.subject', 'bots.name as bot_name', 'bot_actions.payload_json'])
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
