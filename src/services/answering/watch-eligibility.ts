import type { Run } from '../../domain/run.ts';
import type { Context } from '../context.ts';
import { checkEligibility, type EligibleAction, RunStopped } from './eligibility.ts';

/** Milliseconds between checks whether a handler that does nothing in its thread may continue. */
const checkInterval = 500;

/**
 * Checks periodically whether a run may still post, and was not cancelled. This also notices what other processes did.
 *
 * @param stop called when it may not
 * @returns a function that ends the watch
 */
export function watchEligibility(
  { context, live, thread, run }: EligibleAction & { context: Context; run: Run },
  stop: (stopped: RunStopped) => void,
): () => void {
  let isChecking = false;
  const check = async () => {
    isChecking = true;
    const present = await context.store.runs.find(run.id);
    const eligible =
      present?.reason === 'cancelled'
        ? present.reason
        : await checkEligibility(context, context.store, { live, thread });
    if (typeof eligible === 'string') stop(new RunStopped(live.handler.class, eligible));
  };
  const timer = setInterval(() => {
    if (isChecking) return;
    // An error here can wait: the next check reads again, and each effect checks anyway.
    void check()
      .catch(() => {})
      .finally(() => {
        isChecking = false;
      });
  }, checkInterval).unref();
  return () => clearInterval(timer);
}
