import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { AppKey } from '../../domain/app-key.ts';

/** A new key and secret, which cannot be guessed. */
export const newAppKey = (): AppKey => ({
  key: randomBytes(10).toString('hex'),
  secret: randomBytes(32).toString('hex'),
});

/** The signature with which a socket may subscribe to a channel, as `key:signature`. */
export function sign(app: AppKey, socketId: string, channel: string, channelData?: string): string {
  const signed = [socketId, channel, ...(channelData === undefined ? [] : [channelData])].join(':');
  return `${app.key}:${createHmac('sha256', app.secret).update(signed).digest('hex')}`;
}

/** Whether a signature is correct. The time taken reveals nothing about the right one. */
export function isSigned(
  app: AppKey,
  given: string,
  socketId: string,
  channel: string,
  channelData?: string,
): boolean {
  const [right, shown] = [Buffer.from(sign(app, socketId, channel, channelData)), Buffer.from(given)];
  return right.length === shown.length && timingSafeEqual(right, shown);
}
