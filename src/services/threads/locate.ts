import { createError } from '../../base/errors.ts';
import { isId } from '../../base/ids.ts';
import type { Bot } from '../../domain/bot.ts';
import type { BotAction } from '../../domain/bot-action.ts';
import type { Thread } from '../../domain/thread.ts';
import type { Context } from '../context.ts';

type Located = Pick<Context, 'store' | 'catalogue'>;

/**
 * The thread with an id from outside.
 *
 * @throws NOT_LOCATED
 */
export async function locateThread({ store }: Pick<Context, 'store'>, id: string): Promise<Thread> {
  const thread = isId(id) ? await store.threads.find(id) : undefined;
  if (thread === undefined || thread.archivedAt !== null) throw createError('NOT_LOCATED', 'thread');
  return thread;
}

/**
 * The last thread of the previous page. It may have been archived since then.
 *
 * @throws NOT_LOCATED
 */
export async function locateThreadEdge({ store }: Pick<Context, 'store'>, id: string): Promise<Thread> {
  const thread = isId(id) ? await store.threads.find(id) : undefined;
  if (thread === undefined) throw createError('NOT_LOCATED', 'thread');
  return thread;
}

/**
 * The bot with this id, if it belongs to the thread.
 *
 * @throws NOT_LOCATED
 */
export async function locateBot({ store }: Pick<Context, 'store'>, thread: Thread, id: string): Promise<Bot> {
  const bot = isId(id) ? await store.bots.find(id) : undefined;
  if (bot?.threadId !== thread.id) throw createError('NOT_LOCATED', 'bot');
  return bot;
}

/**
 * The action with this id, if it belongs to the bot and its handler exists.
 *
 * @throws NOT_LOCATED
 */
export async function locateAction({ store, catalogue }: Located, bot: Bot, id: string): Promise<BotAction> {
  const action = isId(id) ? await store.bots.findAction(id) : undefined;
  if (action) await catalogue.whenKnown([action.handler]);
  const isShown = action?.botId === bot.id && catalogue.find(action.handler) !== undefined;
  if (action === undefined || !isShown) throw createError('NOT_LOCATED', 'bot action');
  return action;
}
