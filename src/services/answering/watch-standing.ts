import type { Context } from '../context.ts';
import { RunStopped, type Standing, standingOf } from './standing.ts';

/** How often is looked whether a handler that does nothing in its thread may go on. */
const lookEvery = 500;

/**
 * Looks every now and then whether a run may still post, also for the changes that other processes make.
 *
 * @param stop is called when it may not
 * @returns ends the watch
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
    // A database that cannot be read now is read the next time; each effect asks it anyway.
    void look()
      .catch(() => {})
      .finally(() => {
        isLooking = false;
      });
  }, lookEvery);
  return () => clearInterval(timer);
}
