import { createError } from '../../base/errors.ts';
import type { Bot } from '../../domain/bot.ts';
import type { BotAction } from '../../domain/bot-action.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { checkBotManagerNow } from './bot-rights.ts';

/**
 * Detaches an action from its bot and removes the action's cooldown.
 *
 * @throws NOT_PERMITTED; NOT_LOCATED when it was detached in the meantime
 */
export async function detachAction(
  context: Context,
  { thread, user, bot, action }: { thread: Thread; user: User; bot: Bot; action: BotAction },
): Promise<void> {
  const { store, events } = context;
  await store.transaction(async (transaction) => {
    await checkBotManagerNow(context, {
      transaction,
      thread,
      user,
      errorMessage: 'Not authorized to remove bot action.',
    });
    if (!(await transaction.bots.removeAction(action.id))) throw createError('NOT_LOCATED', 'bot action');
    await transaction.cooldowns.release(action.id);
    await transaction.threads.botsChanged(thread.id);
  });
  events.emit('BotActionRemoved', { bot, action });
}
