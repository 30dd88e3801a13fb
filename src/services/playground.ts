import type { Bot } from '../domain/bot.ts';
import type { BotAction } from '../domain/bot-action.ts';
import type { Thread } from '../domain/thread.ts';
import type { User } from '../domain/user.ts';
import type { HandlerDescription } from '../sandbox/protocol.ts';
import { attachAction } from './attach-action.ts';
import type { Services } from './context.ts';
import { createBot } from './create-bot.ts';
import { ensureGroup, ensureParticipant, ensureUser } from './people.ts';

/** The group a workspace is tried in. */
const playgroundName = 'Playground';

/** What an action is attached with where nothing else is said. */
const attachDefaults = { cooldown: 0, admin_only: false, enabled: true } as const;

/** Ready-made handlers for a workspace that has none of its own. */
const starters = ['commands', 'roll', 'coin_toss'];

/** A group to try bots in: bots are on, its owner is admin, one bot has the handlers. */
export interface Playground {
  thread: Thread;
  owner: User;
  bot: Bot;
  /** The handlers that were attached just now. */
  attached: HandlerDescription[];
}

/**
 * Opens the playground: makes the group and its bot when missing, and attaches every handler of the workspace
 * that needs no parameters of its own and is not attached. Without any, a few ready-made ones are attached.
 */
export async function openPlayground(services: Services, ownerName: string): Promise<Playground> {
  const { thread, owner } = await ensurePlayground(services, ownerName);
  const bot = await botOf(services, thread, owner);
  const attached = await attachMissing(services, thread, owner, bot);
  return { thread, owner, bot, attached };
}

/** The playground's group with its owner, made when missing; its bots are left as they are. */
export async function ensurePlayground(
  services: Services,
  ownerName: string,
): Promise<{ thread: Thread; owner: User }> {
  const owner = await ensureUser(services, ownerName);
  const thread = await ensureGroup(services, playgroundName, { chatBots: true });
  await ensureParticipant(services, thread, owner, true);
  return { thread, owner };
}

/** The bot of a thread that handlers are attached to: the first one, in the playground its own; made when missing. */
async function botOf(services: Services, thread: Thread, user: User): Promise<Bot> {
  const bots = (await services.store.bots.inThread(thread.id)).map(({ bot }) => bot);
  const name = `${thread.subject}Bot`;
  const found = thread.subject === playgroundName ? bots.find((bot) => bot.name === name) : bots[0];
  return found ?? createBot(services, thread, user, { name });
}

/**
 * Attaches a handler to the first bot of a thread; what is not said gets its default.
 *
 * @throws as {@link attachAction}
 */
export async function attachHandler(
  services: Services,
  thread: Thread,
  user: User,
  handler: string,
  params: Record<string, unknown>,
): Promise<BotAction> {
  const bot = await botOf(services, thread, user);
  return attachAction(services, { thread, bot, user, handler, params: { ...attachDefaults, ...params } });
}

/** The actions of a thread with their bots, in the order in which they were attached. */
export async function actionsOf(
  services: Services,
  thread: Thread,
): Promise<Array<{ bot: Bot; action: BotAction }>> {
  const bots = await services.store.bots.inThread(thread.id);
  return bots.flatMap(({ bot, actions }) => actions.map((action) => ({ bot, action })));
}

async function attachMissing(services: Services, thread: Thread, user: User, bot: Bot) {
  const present = new Set((await actionsOf(services, thread)).map(({ action }) => action.handler));
  const wanted = await wantedHandlers(services);
  const missing = wanted.filter((handler) => !present.has(handler.alias));
  for (const handler of missing) {
    await attachAction(services, { thread, bot, user, handler: handler.alias, params: attachDefaults });
  }
  return missing;
}

async function wantedHandlers({ catalogue, sandbox }: Services): Promise<HandlerDescription[]> {
  const own = catalogue.own();
  if (catalogue.isEmpty()) return starters.flatMap((alias) => catalogue.find(alias) ?? []);
  const needsNothing = await Promise.all(
    own.map(async (handler) => 'resolved' in (await sandbox.resolve(handler, attachDefaults))),
  );
  return own.filter((_, index) => needsNothing[index]);
}
