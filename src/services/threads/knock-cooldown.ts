import { timestamp } from '../../base/clock.ts';
import { createError } from '../../base/errors.ts';
import { type Thread, threadName } from '../../domain/thread.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';

/** The whole thread shares one knock cooldown. */
const subject = (thread: Thread): string => `knock:${thread.id}`;

/**
 * Starts the knock cooldown of a thread, inside the caller's transaction.
 *
 * @param ignoreTimeout also allowed during the cooldown
 * @throws KNOCKED_LATELY with the seconds that are left
 */
export async function startKnockCooldown(
  { clock, settings }: Context,
  { store, thread, ignoreTimeout }: { store: Store; thread: Thread; ignoreTimeout: boolean },
): Promise<void> {
  if (settings().knockTimeout === 0) return;
  const now = clock.milliseconds();
  const until = (await store.cooldowns.endings([subject(thread)], timestamp(now))).get(subject(thread));
  if (until && !ignoreTimeout) {
    throw createError('KNOCKED_LATELY', threadName(thread), Math.ceil((Date.parse(until) - now) / 1000));
  }
  await store.cooldowns.start(
    subject(thread),
    timestamp(now + settings().knockTimeout * 60_000),
    timestamp(now),
  );
}
