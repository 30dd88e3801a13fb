import { type Message, messageTypes } from './message.ts';
import type { Provider } from './provider.ts';
import type { IgnoreReason, ThreadReason } from './run.ts';
import type { Thread } from './thread.ts';

/**
 * Why bots ignore a message; null if they do not. Bots answer only text messages of people, in groups
 * whose `chat_bots` is on, while bots are on in the configuration.
 */
export function ignoreReason(message: Message, thread: Thread, botsEnabled: boolean): IgnoreReason | null {
  if (thread.archivedAt !== null) return 'thread_removed';
  if (message.archivedAt !== null) return 'message_removed';
  return kindReason(message, thread) ?? threadReason(thread, botsEnabled);
}

/** Why bots ignore every message of this kind, sender and thread; null if they do not. */
export function kindReason(
  { type, owner }: { type: number; owner: Pick<Provider, 'type'> },
  { kind }: Pick<Thread, 'kind'>,
): IgnoreReason | null {
  if (kind !== 'group') return 'not_group';
  if (type !== messageTypes.MESSAGE) return 'not_text';
  return owner.type === 'user' ? null : 'from_bot';
}

/** Why bots may not post in a thread at the moment; null when they may. */
export function threadReason(thread: Thread, botsEnabled: boolean): ThreadReason | null {
  if (thread.archivedAt !== null) return 'thread_removed';
  if (!botsEnabled) return 'bots_off_in_configuration';
  if (!thread.settings.chatBots) return 'bots_off_in_thread';
  if (!thread.settings.messaging) return 'messaging_off_in_thread';
  return thread.locked ? 'thread_locked' : null;
}
