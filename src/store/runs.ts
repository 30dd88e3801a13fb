import { type Kysely, sql } from 'kysely';
import type { Timestamp } from '../base/clock.ts';
import type { Run, RunError, RunStatus, StopReason } from '../domain/run.ts';
import { fromJson } from './columns.ts';
import { PreparedQuery } from './prepared-query.ts';
import type { Database, EffectRow, RunRow } from './schema.ts';

/** Something that a run has stored. */
export interface Effect {
  kind: string;
  /** The id of the message or reaction; null if it has none. */
  id: string | null;
  /** The bot of the run. */
  botId: string;
}

/** A run without its thread, which is that of its message, and without the time of its retry. */
type NewRunRow = Omit<RunRow, 'thread_id' | 'retry_since' | 'retry_at'>;

const insertRun = new PreparedQuery((db, row: NewRunRow) =>
  db.insertInto('runs').values((eb) => ({
    id: row.id,
    message_id: row.message_id,
    action_id: row.action_id,
    bot_id: row.bot_id,
    handler: row.handler,
    trigger: row.trigger,
    status: row.status,
    reason: row.reason,
    error_json: row.error_json,
    attempts: row.attempts,
    starts: row.starts,
    started_at: row.started_at,
    finished_at: row.finished_at,
    thread_id: eb.selectFrom('messages').select('thread_id').where('id', '=', row.message_id),
  })),
);

const runsOfMessage = new PreparedQuery((db, { messageId }: { messageId: string }) =>
  db.selectFrom('runs').selectAll().where('message_id', '=', messageId).orderBy('id'),
);

const finishRun = new PreparedQuery(
  (db, { id, status, error, at }: { id: string; status: RunStatus; error: string | null; at: Timestamp }) =>
    db.updateTable('runs').set({ status, error_json: error, finished_at: at }).where('id', '=', id),
);

const insertEffect = new PreparedQuery((db, row: EffectRow) =>
  db.insertInto('effects').values({
    run_id: row.run_id,
    step: row.step,
    kind: row.kind,
    result_json: row.result_json,
    created_at: row.created_at,
  }),
);

/** SQLite allows at most 32,766 values per statement, and a run has fourteen. */
const rowsAtOnce = 1_000;

/** The runs of actions, and the effects of each step. */
export class RunStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** One run is stored with each answer, many at once only where a message matches many actions that may not run. */
  async insert(runs: readonly Run[]): Promise<void> {
    const [first, ...others] = runs;
    if (first && others.length === 0) {
      await insertRun.change(this.#db, toRow(first));
      return;
    }
    for (let start = 0; start < runs.length; start += rowsAtOnce) {
      const some = runs.slice(start, start + rowsAtOnce);
      await this.#db
        .insertInto('runs')
        .values((eb) =>
          some.map((run) => ({
            ...toRow(run),
            thread_id: eb.selectFrom('messages').select('thread_id').where('id', '=', run.messageId),
          })),
        )
        .execute();
    }
  }

  /** The runs of a message by action id. */
  async ofMessage(messageId: string): Promise<Map<string, Run>> {
    const rows = await runsOfMessage.all(this.#db, { messageId });
    return new Map(rows.map((row) => [row.action_id, toRun(row)]));
  }

  async find(id: string): Promise<Run | undefined> {
    const row = await this.#db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst();
    return row && toRun(row);
  }

  async setStarts(id: string, starts: number): Promise<void> {
    await this.#db.updateTable('runs').set({ starts }).where('id', '=', id).execute();
  }

  /** Ends a run: handled, or failed with an error. */
  async finish(id: string, error: RunError | null, at: Timestamp): Promise<void> {
    const status = error ? 'failed' : 'handled';
    await finishRun.change(this.#db, { id, status, error: error && JSON.stringify(error), at });
  }

  /** Ends a run whose bot may no longer post. The error of an earlier attempt is kept. */
  async stop(id: string, reason: StopReason, at: Timestamp): Promise<void> {
    await this.#db
      .updateTable('runs')
      .set({ status: 'stopped', reason, finished_at: at })
      .where('id', '=', id)
      .execute();
  }

  /**
   * Cancels a run that has not ended; returns whether it was one. A running one is marked: whoever runs it ends it.
   */
  async cancel(id: string, at: Timestamp): Promise<boolean> {
    const running = await this.#db
      .updateTable('runs')
      .set({ reason: 'cancelled' })
      .where('id', '=', id)
      .where('status', '=', 'running')
      .executeTakeFirstOrThrow();
    if (running.numUpdatedRows > 0n) return true;
    const waiting = await this.#db
      .updateTable('runs')
      .set({ status: 'stopped', reason: 'cancelled', finished_at: at })
      .where('id', '=', id)
      .where('status', '=', 'waiting')
      .executeTakeFirstOrThrow();
    return waiting.numUpdatedRows > 0n;
  }

  /** Stores a warning of a handled run; returns whether it is the first. */
  async warn(id: string, warning: RunError): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('runs')
      .set({ error_json: JSON.stringify(warning) })
      .where('id', '=', id)
      .where('status', '=', 'handled')
      .where('error_json', 'is', null)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  /** Marks a running run as failed and waiting for a retry. */
  async waitAfter(id: string, error: RunError, at: Timestamp, retry: RetryTime): Promise<void> {
    await this.#db
      .updateTable('runs')
      .set({ status: 'waiting', error_json: JSON.stringify(error), finished_at: at, ...retryColumns(retry) })
      .where('id', '=', id)
      .execute();
  }

  /** Makes a failed run wait for a retry; returns whether it was still failed. */
  async reopen(id: string, now: Timestamp): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('runs')
      .set({ status: 'waiting', ...retryColumns({ since: now, at: now }) })
      .where('id', '=', id)
      .where('status', '=', 'failed')
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  /**
   * The next due retry of a thread: the run of the oldest message. A run that a crash interrupted is returned
   * again.
   */
  async nextRetry(threadId: string, now: Timestamp): Promise<Run | undefined> {
    const row = await toBeRetried(this.#db, threadId)
      .innerJoin('messages', 'messages.id', 'runs.message_id')
      .selectAll('runs')
      .where((eb) =>
        eb.or([eb('status', '=', 'running'), eb('retry_at', '<=', now), eb('retry_since', '>', now)]),
      )
      .orderBy('messages.sequence')
      .orderBy('runs.id')
      .limit(1)
      .executeTakeFirst();
    return row && toRun(row);
  }

  /** The time of a thread's next retry; undefined if there is none. */
  async nextRetryAt(threadId: string): Promise<Timestamp | undefined> {
    const row = await toBeRetried(this.#db, threadId)
      .select('retry_at')
      .orderBy('retry_at')
      .limit(1)
      .executeTakeFirst();
    return row?.retry_at ?? undefined;
  }

  /** When each of these waiting runs is tried again. */
  async retryTimes(ids: readonly string[]): Promise<Map<string, Timestamp>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#db
      .selectFrom('runs')
      .select(['id', 'retry_at'])
      .where('id', 'in', ids)
      .where('status', '=', 'waiting')
      .execute();
    return new Map(rows.flatMap(({ id, retry_at: at }) => (at === null ? [] : [[id, at]])));
  }

  /** Starts the next attempt of a waiting run. */
  async startAgain(id: string, attempts: number): Promise<void> {
    await this.#db
      .updateTable('runs')
      .set({ status: 'running', attempts, starts: 0, finished_at: null })
      .where('id', '=', id)
      .execute();
  }

  /** Ends a run that cannot be retried. It stays failed with the error that it has. */
  async giveUp(id: string, at: Timestamp): Promise<void> {
    await this.#db
      .updateTable('runs')
      .set({ status: 'failed', finished_at: at })
      .where('id', '=', id)
      .execute();
  }

  /** The stored result of a run's step as JSON text; undefined if the step has not been done. */
  async effect(runId: string, step: number): Promise<string | undefined> {
    const row = await this.#db
      .selectFrom('effects')
      .select('result_json')
      .where('run_id', '=', runId)
      .where('step', '=', step)
      .executeTakeFirst();
    return row?.result_json;
  }

  /** What the runs of a message have stored, in its order. */
  async effectsOf(messageId: string): Promise<Effect[]> {
    const rows = await this.#db
      .selectFrom('effects')
      .innerJoin('runs', 'runs.id', 'effects.run_id')
      .select(['effects.kind', 'effects.result_json', 'runs.bot_id'])
      .where('runs.message_id', '=', messageId)
      .orderBy('effects.created_at')
      .execute();
    return rows.map(({ kind, result_json, bot_id: botId }) => ({
      kind,
      botId,
      id: fromJson<{ id?: string }>(result_json)?.id ?? null,
    }));
  }

  /** Stores the result of a run's step. Call it in the transaction of the step itself. */
  async insertEffect(
    runId: string,
    step: number,
    kind: string,
    result: string,
    at: Timestamp,
  ): Promise<void> {
    const row = { run_id: runId, step, kind, result_json: result, created_at: at };
    await insertEffect.change(this.#db, row);
  }
}

/** When a run is to be retried. */
interface RetryTime {
  /** Now. */
  since: Timestamp;
  at: Timestamp;
}

const retryColumns = ({ since, at }: RetryTime) => ({ retry_since: since, retry_at: at });

/** The runs of a thread that are to be retried. */
const toBeRetried = (db: Kysely<Database>, threadId: string) =>
  db
    .selectFrom('runs')
    .where('runs.thread_id', '=', threadId)
    // Written out, since only then SQLite uses the index on these few runs.
    .where(sql<boolean>`runs.retry_at is not null and runs.status in ('waiting', 'running')`);

/** Converts a row to a run. */
export const toRun = (row: NewRunRow): Run => ({
  id: row.id,
  messageId: row.message_id,
  actionId: row.action_id,
  botId: row.bot_id,
  handler: row.handler,
  trigger: row.trigger,
  status: row.status,
  reason: row.reason,
  error: fromJson<RunError>(row.error_json),
  attempts: row.attempts,
  starts: row.starts,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
});

const toRow = (run: Run): NewRunRow => ({
  id: run.id,
  message_id: run.messageId,
  action_id: run.actionId,
  bot_id: run.botId,
  handler: run.handler,
  trigger: run.trigger,
  status: run.status,
  reason: run.reason,
  error_json: run.error && JSON.stringify(run.error),
  attempts: run.attempts,
  starts: run.starts,
  started_at: run.startedAt,
  finished_at: run.finishedAt,
});
