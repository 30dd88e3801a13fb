import { MessengerError, messageOf } from '../../base/errors.ts';
import type { Bot } from '../../domain/bot.ts';
import { attachDefaults, type BotAction } from '../../domain/bot-action.ts';
import type { Participant } from '../../domain/participant.ts';
import { playgroundName, type Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { installPackage } from '../packages/install-package.ts';
import { ensureGroup, ensureParticipant, ensureUser } from '../users/people.ts';
import { attachAction } from './attach-action.ts';
import { attachCommand } from './attach-command.ts';
import { createBot } from './create-bot.ts';
import { attachedHandlers } from './handlers-of.ts';

/** For a workspace without its own handlers: a ready-made package, and some handlers of another one. */
const starterPackage = 'games_package';
const starters = {
  package: 'neo_package',
  handlers: ['commands', 'document_finder', 'invitations', 'nuke', 'react'],
};

/** What was just attached to a bot. */
export interface Attached {
  bot: Bot;
  actions: BotAction[];
}

/** A group to try bots in: bots are on, its owner is admin, one bot has the handlers. */
export interface Playground {
  thread: Thread;
  owner: User;
  /** What was just attached, grouped by bot; only bots with new handlers. */
  attached: Attached[];
  /** Why handlers of the workspace could not be attached. */
  errors: AttachError[];
  /** How to attach those handlers of the workspace that need parameters, one sentence each. */
  hints: string[];
}

/** Why a handler was not attached: the code and message of the error. */
interface AttachError {
  code: string;
  message: string;
}

/** A handler to attach, with its parameters. */
interface NewAction {
  handler: string;
  params: Record<string, unknown>;
}

/**
 * Opens the playground: creates the group and its bot if missing, and attaches every handler of the workspace
 * that needs no parameters of its own and is not attached yet. An empty workspace gets ready-made ones.
 */
export async function openPlayground(context: Context, ownerName: string): Promise<Playground> {
  await context.catalogue.whenLoaded();
  const { thread, owner, participant } = await ensurePlayground(context, ownerName);
  if (!participant.admin) await context.store.participants.setAdmin(participant.id, true);
  const bot = await botOf(context, thread, owner);
  const { actions, errors, hints } = await attachMissing(context, thread, owner, bot);
  const attached = [{ bot, actions }, ...(await installStarters(context, thread, owner))];
  return { thread, owner, errors, hints, attached: attached.filter((one) => one.actions.length > 0) };
}

/** The playground group with a person in it. New people become admins. Its bots are left unchanged. */
export async function ensurePlayground(
  context: Context,
  ownerName: string,
): Promise<{ thread: Thread; owner: User; participant: Participant }> {
  const owner = await ensureUser(context, ownerName);
  const thread = await ensureGroup(context, playgroundName, { chatBots: true });
  const participant = await ensureParticipant(context, { thread, user: owner, admin: true });
  return { thread, owner, participant };
}

/** The first bot of a thread, or the playground's own bot, created if missing. It gets the handlers. */
async function botOf(context: Context, thread: Thread, user: User): Promise<Bot> {
  const bots = (await context.store.bots.inThread(thread.id)).map(({ bot }) => bot);
  const name = `${thread.subject}Bot`;
  const found = thread.subject === playgroundName ? bots.find((bot) => bot.name === name) : bots[0];
  return found ?? createBot(context, { thread, user, fields: { name } });
}

/**
 * Attaches a handler to the first bot of a thread. Missing parameters get their defaults.
 *
 * @param texts the parameters as text, when a person wrote them
 * @throws as {@link attachAction}
 */
export async function attachHandler(
  context: Context,
  {
    thread,
    user,
    handler,
    params,
    texts,
  }: {
    thread: Thread;
    user: User;
    handler: string;
    params: Record<string, unknown>;
    texts?: Record<string, string> | undefined;
  },
): Promise<BotAction> {
  const bot = await botOf(context, thread, user);
  const filled = { ...attachDefaults, ...params };
  return attachAction(context, { thread, bot, user, handler, params: filled, texts });
}

/** The actions of a thread with their bots, in the order in which they were attached. */
export async function actionsOf(
  context: Context,
  thread: Thread,
): Promise<Array<{ bot: Bot; action: BotAction }>> {
  const bots = await context.store.bots.inThread(thread.id);
  return bots.flatMap(({ bot, actions }) => actions.map((action) => ({ bot, action })));
}

/** Attaches the missing handlers one by one. One that cannot be attached does not stop the others. */
async function attachMissing(context: Context, thread: Thread, user: User, bot: Bot) {
  const present = await attachedHandlers(context, thread);
  const actionsToAttach = context.catalogue.isEmpty() ? starterActions(context) : ownActions(context);
  const actions: BotAction[] = [];
  const errors: AttachError[] = [];
  const hints: string[] = [];
  for (const { handler, params } of actionsToAttach.filter((one) => !present.has(one.handler))) {
    try {
      actions.push(await attachAction(context, { thread, bot, user, handler, params }));
    } catch (error) {
      // It needs parameters of its own, so it has to be attached by hand.
      const needsMore = error instanceof MessengerError && error.code === 'INVALID_PARAMETERS';
      if (needsMore)
        hints.push(
          `${handler} needs parameters, so it is not attached: ${attachCommand(context.catalogue.get(handler))}`,
        );
      else errors.push(attachError(handler, error));
    }
  }
  return { actions, errors, hints };
}

const attachError = (handler: string, error: unknown): AttachError => ({
  code: error instanceof MessengerError ? error.code : 'HANDLER_THREW',
  message: `${handler} was not attached: ${messageOf(error)}`,
});

/**
 * Installs the ready-made package in a workspace without its own handlers, unless part of it is installed already. Its
 * actions get no cooldown, because people try things twice.
 */
async function installStarters(context: Context, thread: Thread, user: User): Promise<Attached[]> {
  const { catalogue } = context;
  if (!catalogue.isEmpty()) return [];
  const found = catalogue.packages().find(({ alias }) => alias === starterPackage);
  const present = await attachedHandlers(context, thread);
  if (found === undefined || found.installs.some(({ handler }) => present.has(handler.alias))) return [];
  const { bot, actions } = await installPackage(context, { thread, user, name: starterPackage });
  const withoutCooldown = actions.map((action) => ({ ...action, cooldown: 0 }));
  await context.store.transaction(async (transaction) => {
    for (const action of withoutCooldown) await transaction.bots.updateAction(action);
    await transaction.threads.botsChanged(thread.id);
  });
  return [{ bot, actions: withoutCooldown }];
}

/** The starters with their package's parameters, but without cooldowns, because people try things twice. */
function starterActions({ catalogue }: Context): NewAction[] {
  const found = catalogue.packages().find(({ alias }) => alias === starters.package);
  return (found?.installs ?? [])
    .filter(({ handler }) => starters.handlers.includes(handler.alias))
    .flatMap(({ handler, data }) =>
      data.map((params) => ({ handler: handler.alias, params: { ...params, cooldown: 0 } })),
    );
}

/** The workspace's own handlers, without parameters of their own. */
const ownActions = ({ catalogue }: Context): NewAction[] =>
  catalogue.own().map(({ alias }) => ({ handler: alias, params: attachDefaults }));
