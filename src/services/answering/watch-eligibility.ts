import type { Context } from '../context.ts';
import { checkEligibility, type EligibleAction, RunStopped } from './eligibility.ts';

/** Milliseconds between checks whether a handler that does nothing in its thread may continue. */
const checkInterval = 500;

/**
 * Checks periodically whether a run may still post. This also notices changes made by other processes.
 *
 * @param stop called when it may not
 * @returns a function that ends the watch
 */
export function watchEligibility(
  { context, live, thread }: EligibleAction & { context: Context },
  stop: (stopped: RunStopped) => void,
): () => void {
  let isChecking = false;
  const check = async () => {
    isChecking = true;
    const eligible = await checkEligibility(context, context.store, { live, thread });
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
