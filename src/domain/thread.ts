import type { Timestamp } from '../base/clock.ts';

/** `private` is a thread between two people. */
export type ThreadKind = 'private' | 'group';

/** The settings of a thread that its admins can change. */
export interface ThreadSettings {
  addParticipants: boolean;
  /** Bots may be added, and messages may trigger them. */
  chatBots: boolean;
  invitations: boolean;
  calling: boolean;
  messaging: boolean;
  knocks: boolean;
}

/** The settings of a new group: all on except bots, as in the original. */
export const newGroupSettings: ThreadSettings = {
  addParticipants: true,
  chatBots: false,
  invitations: true,
  calling: true,
  messaging: true,
  knocks: true,
};

/** A private thread or a group. */
export interface Thread {
  id: string;
  kind: ThreadKind;
  /** The group's name; null in a private thread. */
  subject: string | null;
  /** File name of the group's picture, or null. */
  avatar: string | null;
  settings: ThreadSettings;
  /** When set, nobody can write or change anything. */
  locked: boolean;
  /** Grows with every change to the thread's bots and actions, so that caches can compare it. */
  botsRevision: number;
  createdAt: Timestamp;
  updatedAt: Timestamp;
  archivedAt: Timestamp | null;
}

/** Builds a new group. */
export const newGroup = (
  id: string,
  subject: string,
  now: Timestamp,
  settings: Partial<ThreadSettings> = {},
): Thread => ({
  id,
  kind: 'group',
  subject,
  avatar: null,
  settings: { ...newGroupSettings, ...settings },
  locked: false,
  botsRevision: 0,
  createdAt: now,
  updatedAt: now,
  archivedAt: null,
});

/** Whether anything happened in a thread after `lastReadAt`. */
export const isUnread = (thread: Thread, lastReadAt: Timestamp | null): boolean =>
  lastReadAt === null || thread.updatedAt > lastReadAt;

/** The name of a thread in sentences. */
export const threadName = (thread: Thread): string => thread.subject ?? 'this private thread';

/** The name of the group for trying out a workspace. */
export const playgroundName = 'Playground';
