import type { Participant } from '../../domain/participant.ts';
import { isUnread, type Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { requireParticipant } from '../participants/require-participant.ts';

/**
 * Marks a thread as read by a person, and emits an event if something was unread.
 *
 * @throws NOT_PERMITTED
 */
export async function markRead(context: Context, thread: Thread, user: User): Promise<void> {
  const { store, events } = context;
  const before = await requireParticipant(context, {
    thread,
    user,
    errorMessage: 'Not authorized to view thread.',
  });
  if (!isUnread(thread, before.lastReadAt)) return;
  events.emit('ThreadRead', { thread, participant: await storeRead(context, store, before) });
}

/** Stores that a participant has read everything; returns the updated participant. */
export async function storeRead(
  { clock }: Pick<Context, 'clock'>,
  store: Store,
  before: Participant,
): Promise<Participant> {
  const now = clock.now();
  await store.participants.markRead(before.threadId, before.userId, now);
  return { ...before, lastReadAt: now, updatedAt: now };
}
