import { canKnock } from '../../domain/permission.ts';
import { userProfile } from '../../domain/profile.ts';
import type { Thread } from '../../domain/thread.ts';
import { asProvider, type User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { assertPermitted } from '../participants/assert-permitted.ts';
import { startKnockCooldown } from './knock-cooldown.ts';
import { locateThread } from './locate.ts';

/**
 * Knocks at everybody in a thread.
 *
 * @throws NOT_PERMITTED, KNOCKED_LATELY
 */
export async function sendKnock(context: Context, thread: Thread, user: User): Promise<void> {
  const { store, settings, events } = context;
  const current = await store.transaction(async (transaction) => {
    const now = await locateThread({ store: transaction }, thread.id);
    const me = await transaction.participants.find(thread.id, user.id);
    assertPermitted(settings().knocksEnabled && canKnock(now, me), 'Not authorized to knock.');
    await startKnockCooldown(context, { store: transaction, thread: now, ignoreTimeout: false });
    return now;
  });
  events.emit('Knock', {
    thread: current,
    from: asProvider(user),
    profile: userProfile(user),
    silent: false,
  });
}
