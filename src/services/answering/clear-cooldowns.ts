import { timestamp } from '../../base/clock.ts';
import type { Thread } from '../../domain/thread.ts';
import type { Context } from '../context.ts';

/**
 * Ends the rest of every bot of a thread and of their actions.
 *
 * @returns how many rested
 */
export function clearCooldowns({ store, clock }: Context, thread: Thread): Promise<number> {
  return store.cooldowns.releaseThread(thread.id, timestamp(clock.milliseconds()));
}
