import { daysAgo } from '../../base/clock.ts';
import type { Context } from '../context.ts';

/** Runs that are deleted in one statement, so that others may write in between. */
const chunkSize = 500;

/**
 * Forgets the runs that failed at least so many days ago, and the warnings of that time. They cannot be retried any
 * more.
 *
 * @returns how many
 */
export async function pruneFailedRuns(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  days: number,
): Promise<number> {
  const moment = daysAgo(clock, days);
  let sum = await store.failedRuns.forgetWarningsBefore(moment);
  let chunk = 0;
  do {
    chunk = await store.failedRuns.deleteBefore(moment, chunkSize);
    sum += chunk;
  } while (chunk > 0);
  return sum;
}
