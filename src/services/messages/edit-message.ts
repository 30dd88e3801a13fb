import { newId } from '../../base/ids.ts';
import { type Message, type MessageEdit, messageTypes } from '../../domain/message.ts';
import { checkBody } from '../../domain/outgoing.ts';
import { userProfile } from '../../domain/profile.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { assertPermitted } from '../participants/assert-permitted.ts';
import { requireParticipant } from '../participants/require-participant.ts';
import { locateThread } from '../threads/locate.ts';
import { locateMessage } from './locate-message.ts';

/**
 * Changes the text of a person's own message and keeps the previous text. Bots do not check it again.
 *
 * @throws NOT_PERMITTED; MESSAGE_INVALID; NOT_LOCATED when it was removed in the meantime
 */
export async function editMessage(
  context: Context,
  { thread, user, message, text }: { thread: Thread; user: User; message: Message; text: string },
): Promise<Message> {
  const body = text.toWellFormed();
  const { store, clock, events, settings } = context;
  const errorMessage = 'Not authorized to edit message.';
  const isOwn = message.owner.type === 'user' && message.owner.id === user.id;
  const editedAt = clock.now();
  const { now, before } = await store.transaction(async (transaction) => {
    const now = await locateThread({ store: transaction }, thread.id);
    await requireParticipant({ store: transaction }, { thread: now, user, errorMessage });
    assertPermitted(isOwn && message.type === messageTypes.MESSAGE && !now.locked, errorMessage);
    assertPermitted(settings().editsEnabled, 'Edit messages are currently disabled.');
    checkBody(body, settings().messageLimit);
    // It may have been edited or removed since this call began. The history keeps its current text.
    const before = await locateMessage({ store: transaction }, now, message.id);
    const edit = { id: newId(), body: before.body, editedAt };
    if (before.body !== body) await transaction.messages.edit({ ...before, body }, edit);
    return { now, before };
  });
  if (before.body === body) return before;
  const edited = { ...before, body, edited: true, updatedAt: editedAt };
  const profile = userProfile(user);
  events.emit('MessageEdited', { thread: now, message: edited, profile, previousBody: before.body });
  return edited;
}

/**
 * The earlier texts of a message, oldest first.
 *
 * @throws NOT_PERMITTED, also for a message that was never edited
 */
export async function messageHistory(
  context: Context,
  { thread, user, message }: { thread: Thread; user: User; message: Message },
): Promise<MessageEdit[]> {
  const { store, settings } = context;
  const errorMessage = 'Not authorized to view message edits.';
  await requireParticipant(context, { thread, user, errorMessage });
  assertPermitted(settings().editsEnabled && settings().editHistory && message.edited, errorMessage);
  return store.messages.edits(message.id);
}
