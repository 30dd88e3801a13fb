import { MessengerError } from '../../base/errors.ts';
import type { Run } from '../../domain/run.ts';
import type { Context } from '../context.ts';
import { requeue } from './retry-run.ts';

/** What became of the failed runs that were to be tried again. */
export interface RetriedRuns {
  queued: Run[];
  /** Those that stay failed, and why. */
  refused: Array<{ run: Run; reason: MessengerError }>;
}

/** Leaves to the queue to try every failed run again, in the order of their messages. What stands in the way of one stops no other. */
export async function retryAllRuns(context: Context): Promise<RetriedRuns> {
  const { store, queue } = context;
  const retried: RetriedRuns = { queued: [], refused: [] };
  for (const id of await store.failedRuns.ids()) {
    const run = await store.runs.find(id);
    if (run === undefined) continue;
    try {
      retried.queued.push(await requeue(context, run));
    } catch (error) {
      if (!(error instanceof MessengerError)) throw error;
      retried.refused.push({ run, reason: error });
    }
  }
  queue.wake();
  return retried;
}
