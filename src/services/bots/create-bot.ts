import { newId } from '../../base/ids.ts';
import type { Bot } from '../../domain/bot.ts';
import { fittingName } from '../../domain/name.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { changeThread } from '../threads/change-thread.ts';
import { requireRoomForBot } from './bot-limits.ts';
import { checkBotManager } from './bot-rights.ts';

/** The fields of a new bot. */
export interface NewBotFields {
  name: string;
  enabled?: boolean;
  hideActions?: boolean;
  /** Seconds, 0 to 900. */
  cooldown?: number;
  /** File name of its picture. */
  avatar?: string | null;
}

/**
 * Creates a bot in a group.
 *
 * @throws NOT_PERMITTED; INVALID_INPUT when the group has too many
 */
export async function createBot(
  context: Context,
  { thread, user, fields }: { thread: Thread; user: User; fields: NewBotFields },
): Promise<Bot> {
  const { events, settings } = context;
  const bot = newBot(context, { thread, user, fields });
  return changeThread(context, {
    thread,
    user,
    change: async (transaction, now) => {
      await checkBotManager(
        { settings, store: transaction },
        { thread: now, user, errorMessage: 'Not authorized to create a bot.' },
      );
      await requireRoomForBot(context, transaction, now);
      await transaction.bots.insert(bot);
      await transaction.threads.botsChanged(thread.id);
      return {
        result: bot,
        says: { type: 'BOT_ADDED', body: `added the BOT - ${bot.name}` },
        emit: () => events.emit('NewBot', { bot }),
      };
    },
  });
}

/** A bot that can be stored. */
export function newBot(
  { clock }: Context,
  { thread, user, fields }: { thread: Thread; user: User; fields: NewBotFields },
): Bot {
  const now = clock.now();
  return {
    id: newId(),
    threadId: thread.id,
    owner: { type: 'user', id: user.id },
    name: fittingName(fields.name),
    avatar: fields.avatar ?? null,
    enabled: fields.enabled ?? true,
    hideActions: fields.hideActions ?? false,
    cooldown: fields.cooldown ?? 0,
    createdAt: now,
    updatedAt: now,
    archivedAt: null,
  };
}
