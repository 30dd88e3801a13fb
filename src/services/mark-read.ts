import { isUnread, type Thread } from '../domain/thread.ts';
import type { User } from '../domain/user.ts';
import type { Services } from './context.ts';
import { participation } from './participation.ts';

/**
 * Remembers that somebody has read everything in a thread, and tells of it if there was anything new.
 *
 * @throws NOT_PERMITTED
 */
export async function markRead(services: Services, thread: Thread, user: User): Promise<void> {
  const { store, clock, events } = services;
  const before = await participation(services, thread, user, 'Not authorized to view thread.');
  if (!isUnread(thread, before.lastReadAt)) return;
  const now = clock.now();
  await store.participants.markRead(thread.id, user.id, now);
  events.emit('ThreadRead', { thread, participant: { ...before, lastReadAt: now, updatedAt: now } });
}
