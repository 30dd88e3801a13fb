import { timestamp } from '../../base/clock.ts';
import { createError, invalidParameters } from '../../base/errors.ts';
import type { Bot } from '../../domain/bot.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { changeThread } from '../threads/change-thread.ts';
import { assertNotAttachedTwice } from './attach-action.ts';
import { requireRoomForBot, roomErrors } from './bot-limits.ts';
import { checkBotManager } from './bot-rights.ts';

/**
 * Archives a bot of a group with its actions. It stops answering at once, and can be restored until a purge.
 *
 * @throws NOT_PERMITTED; NOT_FOUND when it was archived already
 */
export async function archiveBot(
  context: Context,
  { thread, user, bot }: { thread: Thread; user: User; bot: Bot },
): Promise<Bot> {
  const { clock, events, settings } = context;
  const archived = { ...bot, archivedAt: timestamp(clock.milliseconds()) };
  return changeThread(context, {
    thread,
    user,
    change: async (transaction, now) => {
      await checkBotManager(
        { settings, store: transaction },
        { thread: now, user, errorMessage: 'Not authorized to remove bot.' },
      );
      if (!(await transaction.bots.archive(bot.id, archived.archivedAt)))
        throw createError('NOT_FOUND', 'bot', bot.name);
      await transaction.threads.botsChanged(thread.id);
      return {
        result: archived,
        says: { type: 'BOT_REMOVED', body: `removed the BOT - ${bot.name}` },
        emit: () => events.emit('BotArchived', { bot: archived }),
      };
    },
  });
}

/**
 * Restores a bot from the archive, with its actions.
 *
 * @throws NOT_PERMITTED; HANDLER_UNIQUE when the thread now has one of its unique handlers; NOT_FOUND when it
 *   was restored already; INVALID_PARAMETERS when the thread has no room for its actions
 */
export async function restoreBot(
  context: Context,
  { thread, user, bot }: { thread: Thread; user: User; bot: Bot },
): Promise<Bot> {
  const { store, events, settings, catalogue } = context;
  const restored = { ...bot, archivedAt: null };
  await catalogue.whenKnown((await store.bots.actionsOf(bot.id)).map(({ handler }) => handler));
  return changeThread(context, {
    thread,
    user,
    change: async (transaction, now) => {
      await checkBotManager(
        { settings, store: transaction },
        { thread: now, user, errorMessage: 'Not authorized to create a bot.' },
      );
      const present = await transaction.bots.inThread(thread.id);
      await requireRoomForBot(context, transaction, thread);
      if (!(await transaction.bots.restore(bot.id))) throw createError('NOT_FOUND', 'archived bot', bot.name);
      for (const { handler } of await transaction.bots.actionsOf(bot.id)) {
        assertNotAttachedTwice(present, catalogue.find(handler), thread);
      }
      const errors = await roomErrors(context, { store: transaction, thread, botId: bot.id });
      if (errors) throw invalidParameters(bot.name, errors);
      await transaction.threads.botsChanged(thread.id);
      return {
        result: restored,
        says: { type: 'BOT_ADDED', body: `added the BOT - ${bot.name}` },
        emit: () => events.emit('BotRestored', { bot: restored }),
      };
    },
  });
}
