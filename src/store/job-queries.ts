import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import type { Timestamp } from '../base/clock.ts';
import { PreparedQuery } from './prepared-query.ts';
import type { Database, JobRow } from './schema.ts';

/* The queries of the queue that run with every message. */

/** The job with a key that has to end before another one with it may run. */
export const jobAhead = new PreparedQuery((db, { key }: { key: string }) =>
  db.selectFrom('jobs').select('sequence').where('key', '=', key).where('status', 'in', ['ready', 'running']),
);

/** A new job. */
interface JobColumns {
  queue: string;
  key: string;
  kind: string;
  /** As JSON. */
  payload: string;
  status: JobRow['status'];
  now: Timestamp;
  runAt: Timestamp;
}

export const insertJob = new PreparedQuery((db, job: JobColumns) =>
  db
    .insertInto('jobs')
    .values({
      queue: job.queue,
      key: job.key,
      kind: job.kind,
      payload_json: job.payload,
      status: job.status,
      attempts: 0,
      since: job.now,
      run_at: job.runAt,
      created_at: job.now,
    })
    .returning('sequence'),
);

interface Turn {
  queue: string;
  now: Timestamp;
  /** The end of the current millisecond: within one, each process counts for itself. */
  latest: Timestamp;
}

/** The ready jobs that may run now, by turns. Those stored before the clock was set back are apart. */
function readyJobs(db: Kysely<Database>, { queue, now, latest }: Turn) {
  // Conditions are written out where SQLite would not use the index with their jobs otherwise.
  const ready = db
    .selectFrom('jobs')
    .select('sequence')
    .where('queue', '=', queue)
    .where(sql<boolean>`status = 'ready'`)
    .limit(1);
  return {
    setBack: ready.where('since', '>', latest).orderBy('since').orderBy('run_at').orderBy('sequence'),
    due: ready.where('run_at', '<=', now).orderBy('run_at').orderBy('sequence'),
  };
}

/**
 * The job whose turn it is. Jobs that were stored before the clock was set back come first; the others in the order in
 * which they became ready.
 */
export const nextJob = new PreparedQuery((db, turn: Turn) => {
  const { setBack, due } = readyJobs(db, turn);
  return db.selectNoFrom((eb) => eb.fn.coalesce(setBack, due).as('sequence'));
});

/** Like {@link nextJob}, but new jobs go before those that have waited behind another one. */
export const nextNewJob = new PreparedQuery((db, turn: Turn) => {
  const { setBack, due } = readyJobs(db, turn);
  const isNew = sql<boolean>`run_at = created_at`;
  return db.selectNoFrom((eb) => eb.fn.coalesce(setBack, due.where(isNew), due).as('sequence'));
});

/** Takes a job, unless another process was faster. */
export const claimJob = new PreparedQuery(
  (db, { sequence, owner, until }: { sequence: number; owner: string; until: Timestamp }) =>
    db
      .updateTable('jobs')
      .set((eb) => ({
        status: 'running',
        attempts: eb('attempts', '+', 1),
        lease_owner: owner,
        lease_until: until,
      }))
      .where('sequence', '=', sequence)
      .where('status', '=', 'ready')
      .returningAll(),
);

export const deleteJob = new PreparedQuery((db, { sequence, owner }: { sequence: number; owner: string }) =>
  db.deleteFrom('jobs').where('sequence', '=', sequence).where('lease_owner', '=', owner),
);

/** Makes the next job of a key ready. If it may run now, its turn comes after those that are ready already. */
export const promoteJob = new PreparedQuery(
  (db, { key, now, latest }: Omit<Turn, 'queue'> & { key: string }) => {
    const turn = (eb: ExpressionBuilder<Database, 'jobs'>, column: 'run_at' | 'since') =>
      eb
        .case()
        .when(eb.or([eb('run_at', '<=', now), eb('since', '>', latest)]))
        .then(now)
        .else(eb.ref(column))
        .end();
    const next = (eb: ExpressionBuilder<Database, 'jobs'>) =>
      eb
        .selectFrom('jobs')
        .select((inner) => inner.fn.min('sequence').as('next'))
        .where('key', '=', key)
        .where('status', '=', 'waiting');
    return db
      .updateTable('jobs')
      .set((eb) => ({ status: 'ready', run_at: turn(eb, 'run_at'), since: turn(eb, 'since') }))
      .where('sequence', '=', next);
  },
);
