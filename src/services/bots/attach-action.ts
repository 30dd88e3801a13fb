import type { ResolvedBotHandlerDTO } from '../../authoring/descriptions.ts';
import { consumeAuthorizing } from '../../base/authorizing.ts';
import { createError, invalidParameters } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import type { Bot } from '../../domain/bot.ts';
import type { BotAction } from '../../domain/bot-action.ts';
import { type Thread, threadName } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { HandlerDescription } from '../../sandbox/protocol.ts';
import type { BotWithActions, NewBotAction } from '../../store/bots.ts';
import type { Context } from '../context.ts';
import { isAuthorized } from '../handlers/is-authorized.ts';
import { roomErrors } from './bot-limits.ts';
import { checkBotManager, checkBotManagerNow } from './bot-rights.ts';
import { handlersOf } from './handlers-of.ts';

/** A handler to attach to a bot. */
export interface Attachment {
  thread: Thread;
  bot: Bot;
  /** Who attaches it. */
  user: User;
  /** Alias or class name of the handler. */
  handler: string;
  /** `cooldown`, `admin_only`, `enabled`, the handler's own fields, `match` and `triggers`. */
  params: Record<string, unknown>;
  /** The parameters as text, when a person wrote them on a command line. Unknown ones are errors then. */
  texts?: Record<string, string> | undefined;
}

/**
 * Attaches a handler to a bot. Checks, in this order: the person's rights, the parameters, the handler's own
 * `authorize()`, uniqueness.
 *
 * @throws NOT_PERMITTED; HANDLER_UNKNOWN; INVALID_PARAMETERS with the errors by field;
 *   HANDLER_NOT_AUTHORIZED; HANDLER_UNIQUE; NOT_LOCATED when the bot was removed in the meantime
 */
export async function attachAction(context: Context, attachment: Attachment): Promise<BotAction> {
  const { store, events } = context;
  const { thread, bot, user, params } = attachment;
  const authorizing = consumeAuthorizing();
  const errorMessage = 'Not authorized add bot actions.';
  await checkBotManager(context, { thread, user, errorMessage });
  await context.catalogue.whenKnown([attachment.handler]);
  const handler = context.catalogue.get(attachment.handler);
  const resolution = await context.sandbox.resolve(handler, params, attachment.texts);
  if ('errors' in resolution) throw invalidParameters(handler.name, resolution.errors);
  if (!(await isAuthorized(context, { described: handler, thread, user, authorizing }))) {
    throw createError('HANDLER_NOT_AUTHORIZED', handler.name, bot.name);
  }

  const action = await store.transaction(async (transaction) => {
    await checkBotManagerNow(context, { transaction, thread, user, errorMessage });
    if ((await transaction.bots.find(bot.id)) === undefined) throw createError('NOT_LOCATED', 'bot');
    assertNotAttachedTwice(await transaction.bots.inThread(thread.id), handler, thread);
    // The handler's own code resolved it. Keep the alias that was asked for, whatever that code returned.
    const attached = {
      ...newAction(context, { bot, user, resolved: resolution.resolved }),
      handler: handler.alias,
    };
    const stored = await transaction.bots.insertAction(attached);
    const errors = await roomErrors(context, { store: transaction, thread, botId: bot.id });
    if (errors) throw invalidParameters(handler.name, errors);
    await transaction.threads.botsChanged(thread.id);
    return stored;
  });
  events.emit('NewBotAction', { bot, action });
  return action;
}

/**
 * Throws when one of the given bots of a thread already has this unique handler.
 *
 * @throws HANDLER_UNIQUE
 */
export function assertNotAttachedTwice(
  bots: readonly BotWithActions[],
  handler: HandlerDescription | undefined,
  thread: Thread,
): void {
  if (!handler?.unique) return;
  if (handlersOf(bots).includes(handler.alias)) {
    throw createError('HANDLER_UNIQUE', handler.name, threadName(thread));
  }
}

/** Creates an action that can be stored. */
export function newAction(
  { clock }: Context,
  { bot, user, resolved }: { bot: Bot; user: User; resolved: ResolvedBotHandlerDTO },
): NewBotAction {
  const now = clock.now();
  return {
    id: newId(),
    botId: bot.id,
    owner: { type: 'user', id: user.id },
    handler: resolved.handlerDTO.alias,
    match: resolved.matchMethod,
    triggers: resolved.triggers,
    payload: resolved.payload,
    enabled: resolved.enabled,
    adminOnly: resolved.adminOnly,
    cooldown: resolved.cooldown,
    createdAt: now,
    updatedAt: now,
  };
}
