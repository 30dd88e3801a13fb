import { canKnock } from '../../domain/permission.ts';
import type { Thread } from '../../domain/thread.ts';
import { asProvider, type User } from '../../domain/user.ts';
import type { Services } from '../context.ts';
import { permit } from '../participants/assert-permitted.ts';
import { knock } from './knock-cooldown.ts';
import { locateThread } from './locate.ts';

/**
 * Knocks at everybody in a thread.
 *
 * @throws NOT_PERMITTED, KNOCKED_LATELY
 */
export async function knockAtThread(services: Services, thread: Thread, user: User): Promise<void> {
  const { store, settings, events } = services;
  await store.transaction(async (transaction) => {
    const now = await locateThread({ store: transaction }, thread.id);
    const me = await transaction.participants.find(thread.id, user.id);
    permit(settings.knocksEnabled && canKnock(now, me), 'Not authorized to knock.');
    await knock(services, transaction, now, false);
  });
  events.emit('Knock', { thread, from: asProvider(user), silent: false });
}
