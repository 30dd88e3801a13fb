import type { Context } from '../context.ts';
import { RunStopped, type Standing, standingOf } from './standing.ts';

/** Milliseconds between checks whether a handler that does nothing in its thread may continue. */
const lookEvery = 500;

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
  let isLooking = false;
  const look = async () => {
    isLooking = true;
    const standing = await standingOf(context, context.store, { live, thread });
    if (typeof standing === 'string') stop(new RunStopped(live.handler.class, standing));
  };
  const timer = setInterval(() => {
    if (isLooking) return;
    // An error here can wait: the next check reads again, and each effect checks anyway.
    void look()
      .catch(() => {})
      .finally(() => {
        isLooking = false;
      });
  }, lookEvery);
  return () => clearInterval(timer);
}
