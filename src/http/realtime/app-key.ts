import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { makeDataFolder } from '../../base/data-folder.ts';

/** What clients know the server by, and what signs their subscriptions. */
export interface AppKey {
  key: string;
  secret: string;
}

const appKeySchema = z.object({ key: z.string().min(1), secret: z.string().min(1) });

/** A new pair, of random letters and digits. */
export const newAppKey = (): AppKey => ({
  key: randomBytes(10).toString('hex'),
  secret: randomBytes(32).toString('hex'),
});

/**
 * The pair of a workspace, made the first time it is asked for. Only the owner of the file may read it: whoever
 * knows the secret can listen to everything.
 */
export function workspaceAppKey(dataFolder: string): AppKey {
  const file = path.join(dataFolder, 'realtime.json');
  makeDataFolder(dataFolder);
  try {
    // "wx": of two processes that start together one writes, and both read the same.
    writeFileSync(file, JSON.stringify(newAppKey()), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return appKeySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The signature with which a socket may subscribe to a channel, as `key:signature`. */
export function sign(app: AppKey, socketId: string, channel: string, channelData?: string): string {
  const signed = [socketId, channel, ...(channelData === undefined ? [] : [channelData])].join(':');
  return `${app.key}:${createHmac('sha256', app.secret).update(signed).digest('hex')}`;
}

/** Whether a signature is the right one, in a time that tells nothing of it. */
export function isSigned(
  app: AppKey,
  given: string,
  socketId: string,
  channel: string,
  channelData?: string,
): boolean {
  const [right, wrong] = [Buffer.from(sign(app, socketId, channel, channelData)), Buffer.from(given)];
  return right.length === wrong.length && timingSafeEqual(right, wrong);
}
