import type { Context } from '../context.ts';
import { type FailedRunReport, failedRunNamed, reportOf } from './failed-run-report.ts';

/**
 * Everything about a run that failed, or was handled and has a warning.
 *
 * @param name its id, or the beginning of it
 * @throws NOT_FOUND, NAME_AMBIGUOUS
 */
export async function showFailedRun(
  { store }: Pick<Context, 'store'>,
  name: string,
): Promise<FailedRunReport> {
  return reportOf(store, await failedRunNamed(store, name, { warned: true }));
}
