import { type Message, messageTypes } from './message.ts';
import type { IgnoreReason, ThreadReason } from './run.ts';
import type { Thread } from './thread.ts';

/**
 * Why bots ignore a message; null if they do not. Bots answer only text messages of people, in groups
 * whose `chat_bots` is on, while bots are on in the configuration.
 */
export function ignoreReason(message: Message, thread: Thread, botsEnabled: boolean): IgnoreReason | null {
  if (thread.archivedAt !== null) return 'thread_removed';
  if (message.archivedAt !== null) return 'message_removed';
  if (thread.kind !== 'group') return 'not_group';
  if (message.type !== messageTypes.MESSAGE) return 'not_text';
  if (message.owner.type !== 'user') return 'from_bot';
  return threadReason(thread, botsEnabled);
}

/** Why bots may not post in a thread at the moment; null when they may. */
export function threadReason(thread: Thread, botsEnabled: boolean): ThreadReason | null {
  if (thread.archivedAt !== null) return 'thread_removed';
  if (!botsEnabled) return 'bots_off_in_configuration';
  if (!thread.settings.chatBots) return 'bots_off_in_thread';
  if (!thread.settings.messaging) return 'messaging_off_in_thread';
  return thread.locked ? 'thread_locked' : null;
}
