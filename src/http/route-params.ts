import type { Bot } from '../domain/bot.ts';
import type { BotAction } from '../domain/bot-action.ts';
import type { Thread } from '../domain/thread.ts';
import { locateAction, locateBot, locateThread, locateThreadEdge } from '../services/threads/locate.ts';
import type { HttpApp, PathIds } from './endpoint.ts';

/** A thread, as named by a path. */
export interface ThreadParams {
  thread: Thread;
}

/** A bot of a thread, as named by a path. */
export interface BotParams extends ThreadParams {
  bot: Bot;
}

/** A handler and a bot, as named by a path. */
export interface HandlerParams extends BotParams {
  alias: string;
}

/** An action of a bot, as named by a path. */
export interface ActionParams extends BotParams {
  action: BotAction;
}

/** For `/threads/:thread…` */
export const threadParams = async (app: HttpApp, { thread = '' }: PathIds): Promise<ThreadParams> => ({
  thread: await locateThread(app, thread),
});

/** For `/threads/page/:thread` and similar paths */
export const threadEdgeParams = async (app: HttpApp, { thread = '' }: PathIds): Promise<ThreadParams> => ({
  thread: await locateThreadEdge(app, thread),
});

/** For `/threads/:thread/bots/:bot…` */
export async function botParams(app: HttpApp, ids: PathIds): Promise<BotParams> {
  const { thread } = await threadParams(app, ids);
  return { thread, bot: await locateBot(app, thread, ids.bot ?? '') };
}

/** For `/threads/:thread/bots/:bot/add-handlers/:handler` */
export async function handlerParams(app: HttpApp, ids: PathIds): Promise<HandlerParams> {
  return { ...(await botParams(app, ids)), alias: ids.handler ?? '' };
}

/** For `/threads/:thread/bots/:bot/actions/:action` */
export async function actionParams(app: HttpApp, ids: PathIds): Promise<ActionParams> {
  const { thread, bot } = await botParams(app, ids);
  return { thread, bot, action: await locateAction(app, bot, ids.action ?? '') };
}
