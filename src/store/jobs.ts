import type { Kysely } from 'kysely';
import type { Timestamp } from '../base/clock.ts';
import { claimJob, deleteJob, insertJob, jobAhead, nextJob, nextNewJob, promoteJob } from './job-queries.ts';
import type { Database, JobRow } from './schema.ts';

/** Work to be done later. Jobs with the same key run one after the other, in the order they were added. */
export interface NewJob {
  queue: string;
  key: string;
  kind: string;
  payload: object;
  /** The earliest time to run. Runs at once if left out, or if the system's clock was set back since. */
  runAt?: Timestamp;
}

/** A job claimed by a worker. */
export interface Job extends NewJob {
  sequence: number;
  /** How often it was started, including now. An end of the process in between is not counted. */
  attempts: number;
  /** Who has claimed it. */
  owner: string;
}

/** The owner of a job, and when its claim ends. */
export interface Lease {
  owner: string;
  until: Timestamp;
}

/**
 * The queue's table. The states of a job: `waiting` behind an older one with its key → `ready` → `running` →
 * deleted (done) | `ready` again (retry, lease lost) | `failed` (kept for inspection).
 *
 * Of each key one job is `ready` at most. Keys take turns: a job that has waited becomes ready behind all jobs that are
 * ready by then. A `new` job is one of a key that had no other. A claim costs the same however many jobs wait.
 */
export class JobStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Adds a job and returns its number. Call it in the transaction of the data that the job is about. */
  async insert(job: NewJob, now: Timestamp): Promise<number> {
    const ahead = await jobAhead.first(this.#db, { key: job.key });
    const row = await insertJob.first(this.#db, {
      ...job,
      payload: JSON.stringify(job.payload),
      status: ahead ? 'waiting' : 'ready',
      now,
      runAt: job.runAt ?? now,
    });
    if (row === undefined) throw new Error(`The job ${job.kind} was not stored.`);
    return row.sequence;
  }

  /**
   * Ensures that a job with this key runs no later than this one would. If one has not started, it is brought
   * forward; otherwise this one is added. Returns its number.
   */
  async insertOnce(job: NewJob, now: Timestamp): Promise<number> {
    const runAt = job.runAt ?? now;
    const known = await this.#db
      .selectFrom('jobs')
      .select(['sequence', 'run_at'])
      .where('key', '=', job.key)
      .where('status', 'in', ['ready', 'waiting'])
      .executeTakeFirst();
    if (known === undefined) return this.insert(job, now);
    if (runAt < known.run_at) {
      await this.#db
        .updateTable('jobs')
        .set({ since: now, run_at: runAt })
        .where('sequence', '=', known.sequence)
        .execute();
    }
    return known.sequence;
  }

  /** Whether a job may run now. */
  async isAnyReady(queue: string, now: Timestamp): Promise<boolean> {
    const next = await nextJob.first(this.#db, turnAt(queue, now));
    return typeof next?.sequence === 'number';
  }

  /**
   * Claims the job whose turn it is. Returns undefined if none may run now, without a write.
   *
   * @param newFirst takes new jobs first
   */
  async claim(
    { queue, newFirst = false }: { queue: string; newFirst?: boolean },
    lease: Lease,
    now: Timestamp,
  ): Promise<Job | undefined> {
    for (;;) {
      const next = await (newFirst ? nextNewJob : nextJob).first(this.#db, turnAt(queue, now));
      if (typeof next?.sequence !== 'number') return undefined;
      const row = await claimJob.first(this.#db, { sequence: next.sequence, ...lease });
      if (row !== undefined) return toJob(row);
    }
  }

  /** Extends the lease of every job that an owner has claimed. */
  async extend(queue: string, lease: Lease): Promise<void> {
    await this.#db
      .updateTable('jobs')
      .set({ lease_until: lease.until })
      .where('queue', '=', queue)
      .where('status', '=', 'running')
      .where('lease_owner', '=', lease.owner)
      .execute();
  }

  /** Deletes a finished job and makes the next one with its key ready. Does nothing if the lease was lost. */
  async complete(job: Job, now: Timestamp): Promise<void> {
    const { sequence, owner, key } = job;
    if ((await deleteJob.change(this.#db, { sequence, owner })) > 0)
      await promoteJob.change(this.#db, { key, now, latest: endOfMillisecond(now) });
  }

  /** Makes a job run again, not before `runAt`. Later jobs with its key keep waiting. */
  async retry(job: Job, runAt: Timestamp, error: string, now: Timestamp): Promise<void> {
    const { attempts } = job;
    await this.#release(job, { status: 'ready', attempts, since: now, run_at: runAt, last_error: error });
  }

  /** Undoes a claim: the job has its turn again. */
  async giveBack(job: Job): Promise<void> {
    await this.#release(job, { status: 'ready', attempts: job.attempts - 1 });
  }

  /** Gives up a job but keeps it, and makes the next one with its key ready. */
  async fail(job: Job, error: string, now: Timestamp): Promise<void> {
    if (await this.#release(job, { status: 'failed', last_error: error }))
      await promoteJob.change(this.#db, { key: job.key, now, latest: endOfMillisecond(now) });
  }

  /** The leases of all current owners. */
  async leases(queue: string): Promise<Lease[]> {
    const rows = await this.#db
      .selectFrom('jobs')
      .select(['lease_owner', 'lease_until'])
      .distinct()
      .where('queue', '=', queue)
      .where('status', '=', 'running')
      .execute();
    return rows.map((row) => ({ owner: row.lease_owner ?? '', until: row.lease_until ?? '' }));
  }

  /** Makes an owner's jobs ready again, except those listed. */
  async releaseOwner(queue: string, owner: string, except: readonly number[] = []): Promise<void> {
    await this.#db
      .updateTable('jobs')
      .set({ status: 'ready', lease_owner: null, lease_until: null })
      .where('queue', '=', queue)
      .where('status', '=', 'running')
      .where('lease_owner', '=', owner)
      .$if(except.length > 0, (query) => query.where('sequence', 'not in', except))
      .execute();
  }

  /** Whether any job is left to do, with one of these keys if any are given. */
  async pending(queue: string, keys?: readonly string[]): Promise<boolean> {
    const row = await this.#db
      .selectFrom('jobs')
      .select('sequence')
      .where('queue', '=', queue)
      .where('status', 'in', ['waiting', 'ready', 'running'])
      .$if(keys !== undefined, (query) => query.where('key', 'in', keys ?? []))
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** When the first of the jobs is due that may not run yet; undefined if there is none. */
  async nextDelayed(queue: string, now: Timestamp): Promise<Timestamp | undefined> {
    const row = await this.#db
      .selectFrom('jobs')
      .select('run_at')
      .where('queue', '=', queue)
      .where('status', '=', 'ready')
      .where('run_at', '>', now)
      .where('since', '<=', endOfMillisecond(now))
      .orderBy('run_at')
      .limit(1)
      .executeTakeFirst();
    return row?.run_at;
  }

  /** Whether a job is still to be done. */
  async isPending(sequence: number): Promise<boolean> {
    const row = await this.#db
      .selectFrom('jobs')
      .select('sequence')
      .where('sequence', '=', sequence)
      .where('status', '!=', 'failed')
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Whether a job with this key and exactly this payload is still to be done. */
  async isPayloadPending({ key, kind, payload }: Pick<NewJob, 'key' | 'kind' | 'payload'>): Promise<boolean> {
    const row = await this.#db
      .selectFrom('jobs')
      .select('sequence')
      .where('key', '=', key)
      .where('kind', '=', kind)
      .where('payload_json', '=', JSON.stringify(payload))
      .where('status', '!=', 'failed')
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Counts the jobs of a queue by state. */
  async counts(queue: string): Promise<Record<JobRow['status'], number>> {
    const rows = await this.#db
      .selectFrom('jobs')
      .select(['status', (eb) => eb.fn.countAll<number>().as('count')])
      .where('queue', '=', queue)
      .groupBy('status')
      .execute();
    const none: Record<JobRow['status'], number> = { waiting: 0, ready: 0, running: 0, failed: 0 };
    return { ...none, ...Object.fromEntries(rows.map(({ status, count }) => [status, Number(count)])) };
  }

  /** Releases a job unless its lease was lost; returns whether it did. */
  async #release(job: Job, values: Partial<JobRow>): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('jobs')
      .set({ ...values, lease_owner: null, lease_until: null })
      .where('sequence', '=', job.sequence)
      .where('lease_owner', '=', job.owner)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }
}

/** The last microsecond of the millisecond of a moment. */
const endOfMillisecond = (now: Timestamp): Timestamp => `${now.slice(0, -'000Z'.length)}999Z`;

const turnAt = (queue: string, now: Timestamp) => ({ queue, now, latest: endOfMillisecond(now) });

const toJob = (row: JobRow): Job => ({
  sequence: row.sequence,
  queue: row.queue,
  key: row.key,
  kind: row.kind,
  payload: JSON.parse(row.payload_json),
  attempts: row.attempts,
  owner: row.lease_owner ?? '',
});
