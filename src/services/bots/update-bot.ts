import { isDeepStrictEqual } from 'node:util';
import { createError } from '../../base/errors.ts';
import type { Bot } from '../../domain/bot.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { emitSystemMessage, storeSystemMessage } from '../messages/system-message.ts';
import { checkBotManager, checkBotManagerNow } from './bot-rights.ts';

/** The fields of a bot that can be changed. */
export type BotFields = Pick<Bot, 'name' | 'enabled' | 'hideActions' | 'cooldown'>;

/**
 * Changes a bot. Does nothing if the values are the same.
 *
 * @throws NOT_PERMITTED; NOT_LOCATED when it was removed in the meantime
 */
export async function updateBot(
  context: Context,
  { thread, user, bot, fields }: { thread: Thread; user: User; bot: Bot; fields: BotFields },
): Promise<Bot> {
  const errorMessage = 'Not authorized to update bot.';
  await checkBotManager(context, { thread, user, errorMessage });
  if (isDeepStrictEqual({ ...bot, ...fields }, bot)) return bot;
  const { now, updated, previousName, message } = await context.store.transaction(async (transaction) => {
    const now = await checkBotManagerNow(context, { transaction, thread, user, errorMessage });
    const old = await transaction.bots.find(bot.id);
    if (old === undefined) throw createError('NOT_LOCATED', 'bot');
    const updated = { ...old, ...fields, updatedAt: context.clock.now() };
    await transaction.bots.update(updated);
    await transaction.threads.botsChanged(thread.id);
    const body = `renamed the BOT ( ${old.name} ) to ${updated.name}`;
    const message =
      old.name === updated.name
        ? null
        : await storeSystemMessage(context, { transaction, thread: now, user, type: 'BOT_RENAMED', body });
    return { now, updated, previousName: old.name, message };
  });
  emitSystemMessage(context, { thread: now, user, message });
  context.events.emit('BotUpdated', { bot: updated, previousName });
  return updated;
}
