import type { Kysely } from 'kysely';
import { type RunTrace, runTraceSchema } from '../domain/run-trace.ts';
import { PreparedQuery } from './prepared-query.ts';
import type { Database } from './schema.ts';

/** How many traces are kept: those of the latest runs. One has a few hundred bytes, and 50 KB at most. */
const kept = 10_000;

/** How many are stored before the oldest are removed. */
const trimInterval = 100;

const upsert = new PreparedQuery((db, row: { runId: string; trace: string }) =>
  db
    .insertInto('run_traces')
    .values({ run_id: row.runId, trace_json: row.trace })
    .onConflict((conflict) =>
      conflict.column('run_id').doUpdateSet((eb) => ({ trace_json: eb.ref('excluded.trace_json') })),
    )
    .returning('sequence'),
);

/** What the latest runs did. Older traces are removed, whatever becomes of their runs. */
export class RunTraceStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Stores the trace of a run, in place of that of its last attempt. */
  async save(runId: string, trace: RunTrace): Promise<void> {
    const row = await upsert.first(this.#db, { runId, trace: JSON.stringify(trace) });
    if (row === undefined || row.sequence % trimInterval !== 0) return;
    await this.#db
      .deleteFrom('run_traces')
      .where('sequence', '<=', row.sequence - kept)
      .execute();
  }

  /** The traces of runs by run id, as far as they are kept. */
  async ofRuns(runIds: readonly string[]): Promise<Map<string, RunTrace>> {
    if (runIds.length === 0) return new Map();
    const rows = await this.#db
      .selectFrom('run_traces')
      .select(['run_id', 'trace_json'])
      .where('run_id', 'in', runIds)
      .execute();
    return new Map(rows.map((row) => [row.run_id, runTraceSchema.parse(JSON.parse(row.trace_json))]));
  }
}
