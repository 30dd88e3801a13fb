import type { EventData } from '../../api/realtime.ts';

/** Who hears of something that happens in a thread. */
export type Audience =
  /** Everybody in the thread who has not muted it, on their own channels; where given, all but one of them. */
  | { to: 'all'; but?: string }
  /** Those of some people who are in the thread and have not muted it, on their own channels. */
  | { to: 'listeners'; userIds: readonly string[] }
  /** These people, in the thread or not, on their own channels. */
  | { to: 'people'; userIds: readonly string[] }
  /** Everybody who looks at the thread just now, on its own channel. */
  | { to: 'presence' };

/** Something clients are told. */
export interface Broadcast {
  audience: Audience;
  event: keyof EventData;
  data: unknown;
}

/** A person's own channel. */
export const personChannel = (userId: string): string => `private-messenger.user.${userId}`;

/** The channel of those who look at a thread. */
export const threadChannel = (threadId: string): string => `presence-messenger.thread.${threadId}`;

/** Whose own channel a name is. */
export function personOf(name: string): string | undefined {
  const place = readChannel(name);
  return place && 'userId' in place ? place.userId : undefined;
}

/** What a channel is for; undefined for a name that is none of ours. */
export function readChannel(name: string): { userId: string } | { threadId: string } | undefined {
  const [, userId] = /^private-messenger\.user\.([\w-]+)$/.exec(name) ?? [];
  if (userId !== undefined) return { userId };
  const [, threadId] = /^presence-messenger\.thread\.([\w-]+)$/.exec(name) ?? [];
  return threadId === undefined ? undefined : { threadId };
}

/** Whether somebody in the thread hears of something there, if only this thread is what they listen to. */
export function hears(audience: Audience, userId: string): boolean {
  switch (audience.to) {
    case 'presence':
      return true;
    case 'all':
      return audience.but !== userId;
    default:
      return audience.userIds.includes(userId);
  }
}
