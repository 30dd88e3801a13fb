import { timestamp } from '../../base/clock.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import { checkBotManager } from '../bots/bot-rights.ts';
import type { Context } from '../context.ts';

/**
 * Ends the cooldowns of every bot of a thread and of their actions.
 *
 * @returns how many were cleared
 */
export function clearCooldowns({ store, clock }: Context, thread: Pick<Thread, 'id'>): Promise<number> {
  return store.cooldowns.releaseThread(thread.id, timestamp(clock.milliseconds()));
}

/**
 * {@link clearCooldowns} for a person. They must be allowed to manage the bots of the thread.
 *
 * @throws NOT_PERMITTED
 */
export async function clearCooldownsAs(context: Context, thread: Thread, user: User): Promise<void> {
  await checkBotManager(context, { thread, user, errorMessage: 'Not authorized to clear cooldowns.' });
  await clearCooldowns(context, thread);
}
