import { newId } from '../../base/ids.ts';
import { type Message, messageTypes } from '../../domain/message.ts';
import { userProfile } from '../../domain/profile.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { storeMessage } from './send-message.ts';

/** The types of system messages. */
export type SystemMessageType = Exclude<
  keyof typeof messageTypes,
  'MESSAGE' | 'IMAGE_MESSAGE' | 'DOCUMENT_MESSAGE' | 'AUDIO_MESSAGE' | 'VIDEO_MESSAGE'
>;

/**
 * Stores the system message about something a person did, inside the caller's transaction. After the commit,
 * the caller emits its event with {@link emitSystemMessage}.
 *
 * @param body follows the person's name: `added the BOT - Helper`
 * @returns null when system messages are off in the configuration
 */
export async function storeSystemMessage(
  { clock, settings }: Context,
  {
    transaction,
    thread,
    user,
    type,
    body,
  }: { transaction: Store; thread: Thread; user: User; type: SystemMessageType; body: string },
): Promise<Message | null> {
  if (!settings().systemMessages) return null;
  const now = clock.now();
  const { message } = await storeMessage(transaction, {
    id: newId(),
    threadId: thread.id,
    owner: { type: 'user', id: user.id, name: user.name },
    type: messageTypes[type],
    body,
    replyToId: null,
    extra: null,
    edited: false,
    senderIp: null,
    createdAt: now,
    updatedAt: now,
    archivedAt: null,
  });
  return message;
}

/** Emits the event of a system message, if one was stored. */
export function emitSystemMessage(
  { events }: Context,
  { thread, user, message }: { thread: Thread; user: User; message: Message | null },
): void {
  if (message === null) return;
  const profile = userProfile(user);
  events.emit('NewMessage', { thread, message, profile, replyTo: null, silent: false });
}
