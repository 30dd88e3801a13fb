import type { EventData } from '../../api/realtime.ts';

/** Who receives a broadcast about a thread. */
export type Audience =
  /** Everybody in the thread who has not muted it, on their own channels, optionally except one person. */
  | { to: 'all'; but?: string }
  /** These people, if they are in the thread and have not muted it, on their own channels. */
  | { to: 'listeners'; userIds: readonly string[] }
  /** These people, whether in the thread or not, on their own channels. */
  | { to: 'people'; userIds: readonly string[] }
  /** Everybody who has the thread open, on the channel of the thread. */
  | { to: 'presence' };

/** An event that is sent to clients. */
export interface Broadcast {
  audience: Audience;
  event: keyof EventData;
  data: unknown;
}

/** The channel of a person. */
export const personChannel = (userId: string): string => `private-messenger.user.${userId}`;

/** The channel of the people who have a thread open. */
export const threadChannel = (threadId: string): string => `presence-messenger.thread.${threadId}`;

/** Returns the person whose channel has this name. */
export function personOf(name: string): string | undefined {
  const place = readChannel(name);
  return place && 'userId' in place ? place.userId : undefined;
}

/** What a channel is for. Undefined if the name is not one of ours. */
export function readChannel(name: string): { userId: string } | { threadId: string } | undefined {
  const [, userId] = /^private-messenger\.user\.([\w-]+)$/.exec(name) ?? [];
  if (userId !== undefined) return { userId };
  const [, threadId] = /^presence-messenger\.thread\.([\w-]+)$/.exec(name) ?? [];
  return threadId === undefined ? undefined : { threadId };
}

/** Whether a person in the thread who listens only to this thread receives the broadcast. */
export function isInAudience(audience: Audience, userId: string): boolean {
  switch (audience.to) {
    case 'presence':
      return true;
    case 'all':
      return audience.but !== userId;
    default:
      return audience.userIds.includes(userId);
  }
}
