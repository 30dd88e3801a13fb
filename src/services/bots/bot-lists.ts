import { timestamp } from '../../base/clock.ts';
import { createError } from '../../base/errors.ts';
import type { Bot } from '../../domain/bot.ts';
import type { BotAction } from '../../domain/bot-action.ts';
import { effectiveMatch } from '../../domain/effective-match.ts';
import { canSeeActions } from '../../domain/permission.ts';
import { playgroundName, type Thread, threadName } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { handlersOf } from './handlers-of.ts';

/** The parts of the context that a list of bots is read from. */
type ListContext = Pick<Context, 'store' | 'clock' | 'catalogue'>;

/** A bot with its actions, as it is shown to people. */
export interface ListedBot extends Bot {
  /** The end of its cooldown; null when it is not in cooldown. */
  cooldownUntil: string | null;
  actions: ListedAction[];
}

/** An action as it is shown to people. Values fixed by its handler override stored ones. */
interface ListedAction extends Omit<BotAction, 'triggers'> {
  triggers: string[];
  /** Whether a handler with its alias exists. */
  known: boolean;
  cooldownUntil: string | null;
}

/**
 * The bots of a thread with the actions a person may see, oldest first.
 *
 * @throws NOT_PERMITTED when the person is not in the thread
 */
export async function listBots(context: ListContext, thread: Thread, user: User): Promise<ListedBot[]> {
  const participant = await context.store.participants.find(thread.id, user.id);
  if (participant === undefined) throw createError('NOT_PERMITTED', 'Not authorized to view bots.');
  return listAsSeen(context, thread, (bot) => canSeeActions(thread, participant, bot.hideActions));
}

/**
 * The bots of the playground as a person sees them. A person who is not in it sees all. Nothing is created:
 * without a playground the list is empty.
 */
export async function listPlaygroundBots(context: ListContext, name: string): Promise<ListedBot[]> {
  const { store } = context;
  const [thread] = await store.threads.findGroups(playgroundName);
  if (thread === undefined) return [];
  const user = await store.users.findByName(name);
  const participant = user && (await store.participants.find(thread.id, user.id));
  return listAsSeen(
    context,
    thread,
    (bot) => participant === undefined || canSeeActions(thread, participant, bot.hideActions),
  );
}

async function listAsSeen(
  context: ListContext,
  thread: Thread,
  seesActions: (bot: Bot) => boolean,
): Promise<ListedBot[]> {
  const { store, clock, catalogue } = context;
  const bots = await store.bots.inThread(thread.id);
  await catalogue.whenKnown(handlersOf(bots));
  const ids = bots.flatMap(({ bot, actions }) => [bot.id, ...actions.map((action) => action.id)]);
  const cooldowns = await store.cooldowns.endings(ids, timestamp(clock.milliseconds()));
  return bots.map(({ bot, actions }) => ({
    ...bot,
    cooldownUntil: cooldowns.get(bot.id) ?? null,
    actions: (seesActions(bot) ? actions : []).map((action) =>
      listAction(context, action, cooldowns.get(action.id) ?? null),
    ),
  }));
}

/**
 * The bot of a thread with this name or id.
 *
 * @throws NOT_FOUND, NAME_AMBIGUOUS
 */
export async function botNamed({ store }: Context, thread: Thread, name: string): Promise<Bot> {
  const bots = (await store.bots.inThread(thread.id)).map(({ bot }) => bot);
  const found = bots.filter((bot) => bot.id === name || bot.name === name);
  const [bot] = found;
  if (bot === undefined) throw createError('NOT_FOUND', 'bot', name, threadName(thread));
  if (found.length === 1) return bot;
  throw createError(
    'NAME_AMBIGUOUS',
    'bot',
    name,
    found.map((each) => each.id),
  );
}

/**
 * The archived bot of a thread with this name or id. If several have the name, the one archived last.
 *
 * @throws NOT_FOUND
 */
export async function archivedBotNamed({ store }: Context, thread: Thread, name: string): Promise<Bot> {
  const bots = await store.archivedBots.inThread(thread.id);
  const bot = bots.find((each) => each.id === name || each.name === name);
  if (bot) return bot;
  throw createError('NOT_FOUND', 'archived bot', name, threadName(thread));
}

function listAction(
  { catalogue }: Pick<Context, 'catalogue'>,
  action: BotAction,
  cooldownUntil: string | null,
): ListedAction {
  const handler = catalogue.find(action.handler);
  return {
    ...action,
    ...effectiveMatch(handler, action),
    known: handler !== undefined,
    cooldownUntil,
  };
}
