import type { Context } from '../context.ts';
import { type FailedRunReport, reportOf } from './failed-run-report.ts';

/** The runs that failed last, newest first. */
export async function listFailedRuns(
  { store }: Pick<Context, 'store'>,
  limit: number,
): Promise<FailedRunReport[]> {
  const failed = await store.failedRuns.newest(limit);
  return Promise.all(failed.map((each) => reportOf(store, each)));
}
