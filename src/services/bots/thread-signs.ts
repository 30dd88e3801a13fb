import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { checkBotManager } from './bot-rights.ts';

/** What keeps bots of a thread from answering, until somebody mends it. */
export interface ThreadSigns {
  /** The files that do not load, and why. */
  broken: Array<{ file: string; message: string }>;
  /** The actions whose handler is gone. */
  lost: Array<{ handler: string; bot: { id: string; name: string } }>;
  /** The handlers of the workspace's files that no bot of any thread has. */
  unattached: Array<{ alias: string; class: string }>;
}

/**
 * What is wrong with the handlers of a thread, for those who manage its bots.
 *
 * @throws NOT_PERMITTED
 */
export async function threadSigns(
  context: Pick<Context, 'store' | 'settings' | 'catalogue'>,
  thread: Thread,
  user: User,
): Promise<ThreadSigns> {
  const { store, catalogue } = context;
  await checkBotManager(context, { thread, user, errorMessage: 'Not authorized to view bots.' });
  const bots = await store.bots.inThread(thread.id);
  const attached = bots.flatMap(({ bot, actions }) => actions.map(({ handler }) => ({ handler, bot })));
  await catalogue.whenKnown(attached.map(({ handler }) => handler));
  const own = catalogue.own();
  const used = new Set(await store.bots.attachedAmong(own.map(({ alias }) => alias)));
  return {
    broken: catalogue.problems.map(({ file, message }) => ({ file, message })),
    lost: attached
      .filter(({ handler }) => catalogue.find(handler) === undefined)
      .map(({ handler, bot }) => ({ handler, bot: { id: bot.id, name: bot.name } })),
    // Nobody expects answers where there is no bot.
    unattached: own
      .filter(({ alias }) => bots.length > 0 && !used.has(alias))
      .map(({ alias, class: className }) => ({ alias, class: className })),
  };
}
