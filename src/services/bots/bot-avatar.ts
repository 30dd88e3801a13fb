import { failure } from '../../base/errors.ts';
import type { Bot } from '../../domain/bot.ts';
import { botAvatar, storedName } from '../../domain/file-path.ts';
import type { Message } from '../../domain/message.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Store } from '../../store/store.ts';
import type { Services } from '../context.ts';
import { discardFiles, keepFile } from '../files/store-file.ts';
import { storeSystemMessage, tellOf } from '../messages/system-message.ts';
import { permit } from '../participants/assert-permitted.ts';
import { checkBotManager, checkBotManagerNow } from './bot-rights.ts';

const refusal = 'Not authorized to update bot.';

/** A picture that was judged. */
interface Picture {
  /** What it was called. */
  name: string;
  bytes: Uint8Array;
  extension: string;
}

/** Whose picture changes, and who changes it. */
interface AvatarChange {
  thread: Thread;
  bot: Bot;
  user: User;
}

/**
 * Gives a bot a picture; the one it had goes.
 *
 * @throws NOT_PERMITTED, STORAGE_UNUSABLE, NOT_LOCATED when the bot was removed meanwhile
 */
export async function setBotAvatar(services: Services, change: AvatarChange, picture: Picture): Promise<Bot> {
  await checkRight(services, change);
  const avatar = storedName(picture.name, picture.extension);
  const path = botAvatar(change.thread.id, change.bot.id, avatar);
  const stored = await keepFile(services, path, picture.bytes, (transaction) =>
    storeChange(services, transaction, change, avatar),
  );
  return settle(services, change.thread, stored);
}

/**
 * Takes its picture from a bot. Nothing happens to one that has none.
 *
 * @throws NOT_PERMITTED, NOT_LOCATED when the bot was removed meanwhile
 */
export async function removeBotAvatar(services: Services, change: AvatarChange): Promise<Bot> {
  await checkRight(services, change);
  if (change.bot.avatar === null) return change.bot;
  const stored = await services.store.transaction((transaction) =>
    storeChange(services, transaction, change, null),
  );
  return settle(services, change.thread, stored);
}

async function checkRight(services: Services, { thread, user }: AvatarChange): Promise<void> {
  await checkBotManager(services, thread, user, refusal);
  permit(services.settings.botAvatars, 'Bot avatars are currently disabled.');
}

/** What was stored, and what is still to be removed and told of. */
interface StoredChange {
  bot: Bot;
  oldPaths: string[];
  message: Message | null;
}

/** @throws NOT_PERMITTED, NOT_LOCATED */
async function storeChange(
  services: Services,
  transaction: Store,
  { thread, bot: { id }, user }: AvatarChange,
  avatar: string | null,
): Promise<StoredChange> {
  await checkBotManagerNow(services, transaction, thread, user, refusal);
  const old = await transaction.bots.find(id);
  if (old === undefined) throw failure('NOT_LOCATED', 'bot');
  const bot = { ...old, avatar, updatedAt: services.clock.now() };
  await transaction.bots.update(bot);
  await transaction.threads.botsChanged(thread.id);
  const oldPaths = old.avatar === null ? [] : [botAvatar(thread.id, id, old.avatar)];
  await transaction.unclaimedFiles.insert(oldPaths, null, bot.updatedAt);
  const body = `updated the avatar for the BOT - ${bot.name}`;
  const message = await storeSystemMessage(services, transaction, thread, user, 'BOT_AVATAR_CHANGED', body);
  return { bot, oldPaths, message };
}

async function settle(services: Services, thread: Thread, stored: StoredChange): Promise<Bot> {
  // What cannot be removed now is listed and goes with a later sweep.
  await discardFiles(services, stored.oldPaths).catch(() => {});
  tellOf(services, thread, stored.message);
  services.events.emit('BotAvatar', { bot: stored.bot });
  return stored.bot;
}
