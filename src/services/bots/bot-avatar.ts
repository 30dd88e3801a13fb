import { createError } from '../../base/errors.ts';
import type { Bot } from '../../domain/bot.ts';
import { botAvatar, storedName } from '../../domain/file-path.ts';
import type { Message } from '../../domain/message.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { type NewFile, type Picture, replaceFile } from '../files/replace-file.ts';
import { emitSystemMessage, storeSystemMessage } from '../messages/system-message.ts';
import { assertPermitted } from '../participants/assert-permitted.ts';
import { checkBotManager, checkBotManagerNow } from './bot-rights.ts';

const notPermitted = 'Not authorized to update bot.';

/** The bot whose picture changes, and who changes it. */
interface AvatarChange {
  thread: Thread;
  bot: Bot;
  user: User;
}

/**
 * Sets the picture of a bot and removes the previous one.
 *
 * @throws NOT_PERMITTED; STORAGE_UNUSABLE; NOT_LOCATED when the bot was removed in the meantime
 */
export async function setBotAvatar(
  context: Context,
  { picture, ...change }: AvatarChange & { picture: Picture },
): Promise<Bot> {
  await checkRight(context, change);
  const avatar = storedName(picture.name, picture.extension);
  const path = botAvatar(change.thread.id, change.bot.id, avatar);
  return changeAvatar(context, { ...change, avatar, file: { path, bytes: picture.bytes } });
}

/**
 * Removes the picture of a bot, if it has one.
 *
 * @throws NOT_PERMITTED; NOT_LOCATED when the bot was removed in the meantime
 */
export async function removeBotAvatar(context: Context, change: AvatarChange): Promise<Bot> {
  await checkRight(context, change);
  if (change.bot.avatar === null) return change.bot;
  return changeAvatar(context, { ...change, avatar: null, file: null });
}

async function checkRight(context: Context, { thread, user }: AvatarChange): Promise<void> {
  await checkBotManager(context, { thread, user, errorMessage: notPermitted });
  assertPermitted(context.settings().botAvatars, 'Bot avatars are currently disabled.');
}

type NewAvatar = AvatarChange & { avatar: string | null; file: NewFile | null };

async function changeAvatar(context: Context, { file, ...change }: NewAvatar): Promise<Bot> {
  const claim = (transaction: Store) => storeChange(context, transaction, change);
  const { thread, bot, message } = await replaceFile(context, { file, claim });
  emitSystemMessage(context, { thread, user: change.user, message });
  context.events.emit('BotAvatar', { bot });
  return bot;
}

/** @throws NOT_PERMITTED, NOT_LOCATED */
async function storeChange(
  context: Context,
  transaction: Store,
  { thread: asked, bot: { id }, user, avatar }: Omit<NewAvatar, 'file'>,
): Promise<{ thread: Thread; bot: Bot; oldPaths: string[]; message: Message | null }> {
  const errorMessage = notPermitted;
  const thread = await checkBotManagerNow(context, { transaction, thread: asked, user, errorMessage });
  const old = await transaction.bots.find(id);
  if (old === undefined) throw createError('NOT_LOCATED', 'bot');
  const bot = { ...old, avatar, updatedAt: context.clock.now() };
  await transaction.bots.update(bot);
  await transaction.threads.botsChanged(thread.id);
  const oldPaths = old.avatar === null ? [] : [botAvatar(thread.id, id, old.avatar)];
  await transaction.unclaimedFiles.insert(oldPaths, null, bot.updatedAt);
  const body = `updated the avatar for the BOT - ${bot.name}`;
  const message = await storeSystemMessage(context, {
    transaction,
    thread,
    user,
    type: 'BOT_AVATAR_CHANGED',
    body,
  });
  return { thread, bot, oldPaths, message };
}
