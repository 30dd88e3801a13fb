import { failure } from '../base/errors.ts';
import type { Bot } from '../domain/bot.ts';
import { botAvatar, storedName } from '../domain/file-path.ts';
import type { Message } from '../domain/message.ts';
import type { Thread } from '../domain/thread.ts';
import type { User } from '../domain/user.ts';
import type { Store } from '../store/store.ts';
import { checkBotManager } from './bot-rights.ts';
import type { Services } from './context.ts';
import { discardFiles, keepFile } from './keep-file.ts';
import { permit } from './permit.ts';
import { storeSystemMessage, tellOf } from './system-message.ts';

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
  const { thread, bot } = change;
  const avatar = storedName(picture.name, picture.extension);
  const updated = { ...bot, avatar, updatedAt: services.clock.now() };
  const path = botAvatar(thread.id, bot.id, avatar);
  const message = await keepFile(services, path, picture.bytes, (transaction) =>
    storeChange(services, transaction, change, updated),
  );
  await settle(services, change, updated, message);
  return updated;
}

/**
 * Takes its picture from a bot. Nothing happens to one that has none.
 *
 * @throws NOT_PERMITTED, NOT_LOCATED when the bot was removed meanwhile
 */
export async function removeBotAvatar(services: Services, change: AvatarChange): Promise<Bot> {
  await checkRight(services, change);
  const { bot } = change;
  if (bot.avatar === null) return bot;
  const updated = { ...bot, avatar: null, updatedAt: services.clock.now() };
  const message = await services.store.transaction((transaction) =>
    storeChange(services, transaction, change, updated),
  );
  await settle(services, change, updated, message);
  return updated;
}

async function checkRight(services: Services, { thread, user }: AvatarChange): Promise<void> {
  await checkBotManager(services, thread, user, 'Not authorized to update bot.');
  permit(services.settings.botAvatars, 'Bot avatars are currently disabled.');
}

/** @throws NOT_LOCATED */
async function storeChange(
  services: Services,
  transaction: Store,
  { thread, bot, user }: AvatarChange,
  updated: Bot,
): Promise<Message | null> {
  if (!(await transaction.bots.update(updated))) throw failure('NOT_LOCATED', 'bot');
  await transaction.threads.botsChanged(thread.id);
  await transaction.unclaimedFiles.insert(oldPaths(thread, bot), null, updated.updatedAt);
  const body = `updated the avatar for the BOT - ${bot.name}`;
  return storeSystemMessage(services, transaction, thread, user, 'BOT_AVATAR_CHANGED', body);
}

async function settle(
  services: Services,
  { thread, bot }: AvatarChange,
  updated: Bot,
  message: Message | null,
): Promise<void> {
  // What cannot be removed now is listed and goes with a later sweep.
  await discardFiles(services, oldPaths(thread, bot)).catch(() => {});
  tellOf(services, thread, message);
  services.events.emit('BotAvatar', { bot: updated });
}

const oldPaths = (thread: Thread, { id, avatar }: Bot): string[] =>
  avatar === null ? [] : [botAvatar(thread.id, id, avatar)];
