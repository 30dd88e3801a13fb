import type { Context } from '../context.ts';
import { RunStopped, type Standing, standingOf } from './standing.ts';

/** Milliseconds between checks whether a handler that does nothing in its thread may continue. */
const checkInterval = 500;

/**
 * Checks periodically whether a run may still post. This also notices changes made by other processes.
 *
 * @param stop called when it may not
 * @returns a function that ends the watch
 */
export function watchStanding(
  { context, live, thread }: Standing & { context: Context },
  stop: (stopped: RunStopped) => void,
): () => void {
  let isChecking = false;
  const check = async () => {
    isChecking = true;
    const standing = await standingOf(context, context.store, { live, thread });
    if (typeof standing === 'string') stop(new RunStopped(live.handler.class, standing));
  };
  const timer = setInterval(() => {
    if (isChecking) return;
    // An error here can wait: the next check reads again, and each effect checks anyway.
    void check()
      .catch(() => {})
      .finally(() => {
        isChecking = false;
      });
  }, checkInterval);
  return () => clearInterval(timer);
}
