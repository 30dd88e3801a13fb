import type { Timestamp } from '../base/clock.ts';

/** `private` is a thread between two people. */
export type ThreadKind = 'private' | 'group';

/** What admins of a thread switch on and off. */
export interface ThreadSettings {
  addParticipants: boolean;
  /** Bots may be added, and messages may trigger them. */
  chatBots: boolean;
  invitations: boolean;
  calling: boolean;
  messaging: boolean;
  knocks: boolean;
}

/** The settings of a new group: all on but bots, as the original makes it. */
export const newGroupSettings: ThreadSettings = {
  addParticipants: true,
  chatBots: false,
  invitations: true,
  calling: true,
  messaging: true,
  knocks: true,
};

/** A private talk or a group. */
export interface Thread {
  id: string;
  kind: ThreadKind;
  /** The group's name; null in a private thread. */
  subject: string | null;
  /** File name of the group's picture, or null. */
  avatar: string | null;
  settings: ThreadSettings;
  /** Nobody may write or change anything any more. */
  locked: boolean;
  /** Grows with every change to the thread's bots and actions: whoever caches them compares it. */
  botsRevision: number;
  createdAt: Timestamp;
  updatedAt: Timestamp;
  archivedAt: Timestamp | null;
}

/** A group as it is made. */
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

/** Whether something happened in a thread since somebody read it. */
export const isUnread = (thread: Thread, lastReadAt: Timestamp | null): boolean =>
  lastReadAt === null || thread.updatedAt > lastReadAt;

/** How a thread is called in sentences. */
export const threadName = (thread: Thread): string => thread.subject ?? 'this private thread';

/** The group a workspace is tried in. */
export const playgroundName = 'Playground';
