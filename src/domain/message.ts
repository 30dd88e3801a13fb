import type { Timestamp } from '../base/clock.ts';
import type { Provider } from './provider.ts';

/** The kinds of messages and their numbers, as in the HTTP contract. From 88 up the system speaks. */
export const messageTypes = {
  MESSAGE: 0,
  IMAGE_MESSAGE: 1,
  DOCUMENT_MESSAGE: 2,
  AUDIO_MESSAGE: 3,
  VIDEO_MESSAGE: 4,
  PARTICIPANT_JOINED_WITH_INVITE: 88,
  VIDEO_CALL: 90,
  GROUP_AVATAR_CHANGED: 91,
  THREAD_ARCHIVED: 92,
  GROUP_CREATED: 93,
  GROUP_RENAMED: 94,
  DEMOTED_ADMIN: 95,
  PROMOTED_ADMIN: 96,
  PARTICIPANT_LEFT_GROUP: 97,
  PARTICIPANT_REMOVED: 98,
  PARTICIPANTS_ADDED: 99,
  BOT_ADDED: 100,
  BOT_RENAMED: 101,
  BOT_AVATAR_CHANGED: 102,
  BOT_REMOVED: 103,
  BOT_PACKAGE_INSTALLED: 104,
} as const;

/** The longest text a message may have, in characters as people count them: an emoji of one code point is one. */
export const maxMessageLength = 5000;

/** Free data that travels with a message: any JSON object or list. */
export type MessageExtra = Record<string, unknown> | unknown[];

/** A message of a thread. */
export interface Message {
  /** Its place in the order in which messages were stored. */
  sequence: number;
  id: string;
  threadId: string;
  owner: Provider;
  type: number;
  body: string;
  replyToId: string | null;
  extra: MessageExtra | null;
  edited: boolean;
  /** Where it was sent from, where that is known. */
  senderIp: string | null;
  createdAt: Timestamp;
  updatedAt: Timestamp;
  archivedAt: Timestamp | null;
}

/** What a message said before an edit, and when it was edited. */
export interface MessageEdit {
  body: string;
  editedAt: Timestamp;
}

/** Whether the system wrote a message of this type. */
export const isSystemMessage = (type: number): boolean => type >= messageTypes.PARTICIPANT_JOINED_WITH_INVITE;
