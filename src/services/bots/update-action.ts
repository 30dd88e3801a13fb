import { isDeepStrictEqual } from 'node:util';
import { createError, invalidParameters } from '../../base/errors.ts';
import type { Bot } from '../../domain/bot.ts';
import type { BotAction } from '../../domain/bot-action.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { isHeavier, roomErrors } from './bot-limits.ts';
import { checkBotManager, checkBotManagerNow } from './bot-rights.ts';

/** New parameters for an action. Its handler does not change. */
export interface ActionChange {
  thread: Thread;
  bot: Bot;
  action: BotAction;
  user: User;
  params: Record<string, unknown>;
  /** Parameters as text, when a person wrote them on a command line. Unknown ones are errors then. */
  texts?: Record<string, string>;
}

/**
 * Replaces all parameters of an action. Does nothing if they are the same.
 *
 * @throws NOT_PERMITTED; HANDLER_UNKNOWN; INVALID_PARAMETERS with the errors by field; NOT_LOCATED when it
 *   was detached in the meantime
 */
export async function updateAction(context: Context, change: ActionChange): Promise<BotAction> {
  const { store, sandbox, catalogue, clock, events } = context;
  const { thread, bot, action, user, params, texts } = change;
  const errorMessage = 'Not authorized to update bot action.';
  await checkBotManager(context, { thread, user, errorMessage });
  await catalogue.whenKnown([action.handler]);
  const handler = catalogue.get(action.handler);
  const resolution = await sandbox.resolve(handler, params, texts);
  if ('errors' in resolution) throw invalidParameters(handler.name, resolution.errors);
  const { matchMethod: match, triggers, payload, enabled, adminOnly, cooldown } = resolution.resolved;
  const changed = { ...action, match, triggers, payload, enabled, adminOnly, cooldown };
  if (isDeepStrictEqual(changed, action)) return action;
  const updated = { ...changed, updatedAt: clock.now() };
  await store.transaction(async (transaction) => {
    await checkBotManagerNow(context, { transaction, thread, user, errorMessage });
    if ((await transaction.bots.findAction(action.id)) === undefined)
      throw createError('NOT_LOCATED', 'bot action');
    await transaction.bots.updateAction(updated);
    const errors =
      isHeavier(updated, action) &&
      (await roomErrors(context, { store: transaction, thread, botId: bot.id }));
    if (errors) throw invalidParameters(handler.name, errors);
    await transaction.threads.botsChanged(thread.id);
  });
  events.emit('BotActionUpdated', { bot, action: updated });
  return updated;
}
