import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../../src/base/clock.ts';
import type { Bot } from '../../src/domain/bot.ts';
import { botAvatar, botFolder, storedName } from '../../src/domain/file-path.ts';
import { storeFile } from '../../src/services/files/store-file.ts';
import type { FileStorage } from '../../src/store/files.ts';
import type { Store } from '../../src/store/store.ts';
import { aBot } from './records.ts';

/** What keeping files needs. */
export interface FileParts {
  store: Store;
  files: FileStorage;
  clock: Clock;
}

/** Stores a bot together with its picture. */
export async function keepAvatar(parts: FileParts, threadId: string): Promise<Bot> {
  const bot = aBot({ threadId, avatar: storedName('face.png', 'png') });
  const file = botAvatar(threadId, bot.id, bot.avatar ?? '');
  await storeFile(parts, {
    path: file,
    bytes: Buffer.alloc(5000, bot.id),
    claim: (transaction) => transaction.bots.insert(bot),
  });
  return bot;
}

/** Stores bots with their pictures. */
export async function keepAvatars(parts: FileParts, threadId: string, count: number): Promise<Bot[]> {
  const bots: Bot[] = [];
  while (bots.length < count) bots.push(await keepAvatar(parts, threadId));
  return bots;
}

/** Deletes bots and lists their folders; gives the folders. */
export async function deleteBots({ store, clock }: FileParts, bots: readonly Bot[]): Promise<string[]> {
  const folders = bots.map((bot) => botFolder(bot.threadId, bot.id));
  await store.transaction(async (transaction) => {
    await transaction.unclaimedFiles.insert(folders, null, clock.now());
    await transaction.archivedBots.delete(bots.map((bot) => bot.id));
  });
  return folders;
}

/** The files below a folder by their relative paths with slashes. */
export function filesIn(root: string): string[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  return files
    .map((entry) => path.posix.relative(root, path.posix.join(entry.parentPath, entry.name)))
    .sort();
}
