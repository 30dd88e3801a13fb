import type { Bot } from '../domain/bot.ts';
import type { BotAction } from '../domain/bot-action.ts';
import type { Thread } from '../domain/thread.ts';
import { locateAction, locateBot, locateThread, locateThreadEdge } from '../services/threads/locate.ts';
import type { HttpApp, PathIds } from './endpoint.ts';

/** Where a path leads that names a thread. */
export interface InThread {
  thread: Thread;
}

/** Where a path leads that names a bot of a thread. */
export interface AtBot extends InThread {
  bot: Bot;
}

/** Where a path leads that names an action of a bot. */
export interface AtAction extends AtBot {
  action: BotAction;
}

/** For `/threads/:thread…` */
export const inThread = async (app: HttpApp, { thread = '' }: PathIds): Promise<InThread> => ({
  thread: await locateThread(app, thread),
});

/** For `/threads/page/:thread` and its like */
export const behindThread = async (app: HttpApp, { thread = '' }: PathIds): Promise<InThread> => ({
  thread: await locateThreadEdge(app, thread),
});

/** For `/threads/:thread/bots/:bot…` */
export async function atBot(app: HttpApp, ids: PathIds): Promise<AtBot> {
  const { thread } = await inThread(app, ids);
  return { thread, bot: await locateBot(app, thread, ids.bot ?? '') };
}

/** For `/threads/:thread/bots/:bot/actions/:action` */
export async function atAction(app: HttpApp, ids: PathIds): Promise<AtAction> {
  const { thread, bot } = await atBot(app, ids);
  return { thread, bot, action: await locateAction(app, bot, ids.action ?? '') };
}
