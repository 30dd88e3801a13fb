import { consumeAuthorizing } from '../../base/authorizing.ts';
import { createError, invalidParameters } from '../../base/errors.ts';
import type { Bot } from '../../domain/bot.ts';
import type { BotAction } from '../../domain/bot-action.ts';
import { botAvatar } from '../../domain/file-path.ts';
import type { Message } from '../../domain/message.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { PackageDescription } from '../../sandbox/protocol.ts';
import type { Store } from '../../store/store.ts';
import { newAction } from '../bots/attach-action.ts';
import { requireRoomForBot, roomErrors } from '../bots/bot-limits.ts';
import { checkBotManager, checkBotManagerNow } from '../bots/bot-rights.ts';
import { newBot } from '../bots/create-bot.ts';
import type { Context } from '../context.ts';
import { storeFile } from '../files/store-file.ts';
import { isAuthorized } from '../handlers/is-authorized.ts';
import { emitSystemMessage, storeSystemMessage } from '../messages/system-message.ts';
import { type Avatar, loadAvatar } from './package-avatar.ts';
import { type InstallPlan, type LeftOut, leaveOutPresent, planInstall } from './plan-install.ts';

const notPermitted = 'Not authorized to create a bot.';

/** The result of an installation. */
export interface Installation {
  bot: Bot;
  actions: BotAction[];
  leftOut: LeftOut[];
}

/**
 * Installs a packaged bot in a group: the bot, its actions and its avatar, all or nothing. Handlers that
 * reject the person, are unique and already present, or have invalid parameters are left out and reported.
 *
 * @param name alias, class name or file of the packaged bot
 * @throws NOT_PERMITTED; PACKAGE_UNKNOWN; PACKAGE_NOT_AUTHORIZED; AVATAR_UNREADABLE; INVALID_PARAMETERS when
 *   the thread has no room for its actions
 */
export async function installPackage(
  context: Context,
  { thread, user, name }: { thread: Thread; user: User; name: string },
): Promise<Installation> {
  const { store, events } = context;
  const authorizing = consumeAuthorizing();
  await checkBotManager(context, { thread, user, errorMessage: notPermitted });
  await context.catalogue.whenKnown([name]);
  const packagedBot = context.catalogue.getPackage(name);
  if (!(await isAuthorized(context, { described: packagedBot, thread, user, authorizing })))
    throw createError('PACKAGE_NOT_AUTHORIZED');

  const plan = await planInstall(context, { packagedBot, thread, user, authorizing });
  const avatar = await loadAvatar(context, packagedBot);
  const bot = botOf(context, thread, user, packagedBot, avatar);
  const storing = (transaction: Store) => storeAll(context, transaction, thread, user, bot, plan);
  const { now, message, ...installation } = avatar
    ? await storeFile(context, {
        path: botAvatar(thread.id, bot.id, avatar.name),
        bytes: avatar.bytes,
        claim: storing,
      })
    : await store.transaction(storing);
  emitSystemMessage(context, { thread: now, user, message });
  events.emit('PackagedBotInstalled', { bot, package: packagedBot.alias });
  return installation;
}

async function storeAll(
  context: Context,
  transaction: Store,
  thread: Thread,
  user: User,
  bot: Bot,
  plan: InstallPlan,
): Promise<Installation & { now: Thread; message: Message | null }> {
  const now = await checkBotManagerNow(context, { transaction, thread, user, errorMessage: notPermitted });
  const { candidates, leftOut } = await leaveOutPresent(transaction, thread, plan);
  await requireRoomForBot(context, transaction, thread);
  await transaction.bots.insert(bot);
  const actions: BotAction[] = [];
  for (const { resolved } of candidates) {
    actions.push(await transaction.bots.insertAction(newAction(context, { bot, user, resolved })));
  }
  const errors = await roomErrors(context, { store: transaction, thread, botId: bot.id });
  if (errors) throw invalidParameters(bot.name, errors);
  await transaction.threads.botsChanged(thread.id);
  const body = `installed the BOT - ${bot.name}`;
  const message = await storeSystemMessage(context, {
    transaction,
    thread: now,
    user,
    type: 'BOT_PACKAGE_INSTALLED',
    body,
  });
  return { now, bot, actions, leftOut, message };
}

const botOf = (
  context: Context,
  thread: Thread,
  user: User,
  packagedBot: PackageDescription,
  avatar: Avatar | null,
): Bot =>
  newBot(context, {
    thread,
    user,
    fields: {
      name: packagedBot.name,
      avatar: avatar?.name ?? null,
      enabled: packagedBot.isEnabled,
      hideActions: packagedBot.shouldHideActions,
      cooldown: packagedBot.cooldown,
    },
  });
