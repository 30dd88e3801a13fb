import type { ExpressionBuilder, Kysely } from 'kysely';
import type { Timestamp } from '../base/clock.ts';
import type { Database, JobRow } from './schema.ts';

/** Work that is to be done later. Jobs with one key are done one after the other, in the order they came. */
export interface NewJob {
  queue: string;
  key: string;
  kind: string;
  payload: object;
  /** Not before this moment; at once when left out, or when the system's time is set back until then. */
  runAt?: Timestamp;
}

/** A job in the hands of a worker. */
export interface Job extends NewJob {
  sequence: number;
  /** How often it was started, this time included; an end of the process in between does not count. */
  attempts: number;
  /** Who holds it. */
  owner: string;
}

/** Who works on a job, and until when nobody else may. */
export interface Lease {
  owner: string;
  until: Timestamp;
}

/**
 * The queue's table. States of a job: `waiting` behind an older one with its key → `ready` → `running` →
 * gone (done) | `ready` again (retry, lease lost) | `failed` (kept for inspection).
 */
export class JobStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Adds a job and gives its number. Belongs into the transaction of what the job is about. */
  async insert(job: NewJob, now: Timestamp): Promise<number> {
    const ahead = await this.#db
      .selectFrom('jobs')
      .select('sequence')
      .where('key', '=', job.key)
      .where('status', 'in', ['ready', 'running'])
      .executeTakeFirst();
    const { sequence } = await this.#db
      .insertInto('jobs')
      .values({
        queue: job.queue,
        key: job.key,
        kind: job.kind,
        payload_json: JSON.stringify(job.payload),
        status: ahead ? 'waiting' : 'ready',
        attempts: 0,
        since: now,
        run_at: job.runAt ?? now,
        created_at: now,
      })
      .returning('sequence')
      .executeTakeFirstOrThrow();
    return sequence;
  }

  /**
   * Sees to it that a job of this key is to be done not later than this one would be: one that nobody has begun is
   * brought forward, or else this one is added. Gives its number.
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

  /** Takes the oldest job that may be done now; undefined when there is none, which costs no write. */
  async claim(queue: string, lease: Lease, now: Timestamp): Promise<Job | undefined> {
    const isDue = (or: ExpressionBuilder<Database, 'jobs'>) =>
      or.or([or('run_at', '<=', now), or('since', '>', now)]);
    const ready = await this.#db
      .selectFrom('jobs')
      .select('sequence')
      .where('queue', '=', queue)
      .where('status', '=', 'ready')
      .where(isDue)
      .limit(1)
      .executeTakeFirst();
    if (ready === undefined) return undefined;
    const row = await this.#db
      .updateTable('jobs')
      .set((eb) => ({
        status: 'running',
        attempts: eb('attempts', '+', 1),
        lease_owner: lease.owner,
        lease_until: lease.until,
      }))
      .where('sequence', '=', (eb) =>
        eb
          .selectFrom('jobs')
          .select('sequence')
          .where('queue', '=', queue)
          .where('status', '=', 'ready')
          .where(isDue)
          .orderBy('run_at')
          .orderBy('sequence')
          .limit(1),
      )
      .returningAll()
      .executeTakeFirst();
    return row && toJob(row);
  }

  /** Keeps everything an owner works on in its hands until a later moment. */
  async extend(queue: string, lease: Lease): Promise<void> {
    await this.#db
      .updateTable('jobs')
      .set({ lease_until: lease.until })
      .where('queue', '=', queue)
      .where('status', '=', 'running')
      .where('lease_owner', '=', lease.owner)
      .execute();
  }

  /** The job is done: it goes, and the next one with its key is ready. Nothing happens when the lease was lost. */
  async complete(job: Job): Promise<void> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('jobs')
      .where('sequence', '=', job.sequence)
      .where('lease_owner', '=', job.owner)
      .executeTakeFirstOrThrow();
    if (numDeletedRows > 0n) await this.#promote(job.key);
  }

  /**
   * The job is to be done again, not before `runAt`. Later jobs with its key keep waiting.
   *
   * @param since now
   */
  async retry(job: Job, runAt: Timestamp, error: string | null, since: Timestamp = ''): Promise<void> {
    const { attempts } = job;
    await this.#release(job, { status: 'ready', attempts, since, run_at: runAt, last_error: error });
  }

  /** The job is given up and kept; the next one with its key is ready. */
  async fail(job: Job, error: string): Promise<void> {
    if (await this.#release(job, { status: 'failed', last_error: error })) await this.#promote(job.key);
  }

  /** Everybody who holds a job at the moment. */
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

  /** Makes ready again what an owner holds, but for the jobs named. */
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

  /** Whether anything is left to do. */
  async pending(queue: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom('jobs')
      .select('sequence')
      .where('queue', '=', queue)
      .where('status', 'in', ['waiting', 'ready', 'running'])
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Whether one job is still to be done. */
  async isPending(sequence: number): Promise<boolean> {
    const row = await this.#db
      .selectFrom('jobs')
      .select('sequence')
      .where('sequence', '=', sequence)
      .where('status', '!=', 'failed')
      .executeTakeFirst();
    return row !== undefined;
  }

  /** How many jobs a queue holds, by their state. */
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

  /** Gives a job back, unless its lease was lost; whether it was given back. */
  async #release(job: Job, values: Partial<JobRow>): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('jobs')
      .set({ ...values, lease_owner: null, lease_until: null })
      .where('sequence', '=', job.sequence)
      .where('lease_owner', '=', job.owner)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  async #promote(key: string): Promise<void> {
    await this.#db
      .updateTable('jobs')
      .set({ status: 'ready' })
      .where('sequence', '=', (eb) =>
        eb
          .selectFrom('jobs')
          .select((inner) => inner.fn.min('sequence').as('next'))
          .where('key', '=', key)
          .where('status', '=', 'waiting'),
      )
      .execute();
  }
}

const toJob = (row: JobRow): Job => ({
  sequence: row.sequence,
  queue: row.queue,
  key: row.key,
  kind: row.kind,
  payload: JSON.parse(row.payload_json),
  attempts: row.attempts,
  owner: row.lease_owner ?? '',
});
