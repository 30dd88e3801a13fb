import { isSystemMessage, type Message } from '../../domain/message.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { assertPermitted } from '../participants/assert-permitted.ts';
import { requireParticipant } from '../participants/require-participant.ts';
import { locateThread } from '../threads/locate.ts';

/**
 * Archives a message. People may archive their own; admins may archive all but system messages.
 *
 * @throws NOT_PERMITTED
 */
export async function archiveMessage(
  context: Context,
  { thread, user, message }: { thread: Thread; user: User; message: Message },
): Promise<void> {
  const { store, clock, events } = context;
  const errorMessage = 'Not authorized to remove message.';
  const isOwn = message.owner.type === 'user' && message.owner.id === user.id;
  const [archived] = await store.transaction(async (transaction) => {
    const now = await locateThread({ store: transaction }, thread.id);
    const me = await requireParticipant({ store: transaction }, { thread: now, user, errorMessage });
    assertPermitted(!now.locked && !isSystemMessage(message.type) && (isOwn || me.admin), errorMessage);
    return transaction.messages.archive(thread.id, [message.id], clock.now());
  });
  if (archived === undefined) return;
  events.emit('MessageArchived', { threadId: thread.id, messageId: message.id, silent: false });
}
