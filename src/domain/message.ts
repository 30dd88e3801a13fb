import type { Timestamp } from '../base/clock.ts';
import type { Provider } from './provider.ts';

/** The message types and their numbers, as in the HTTP contract. Types from 88 up are system messages. */
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

/** The longest text of a message, in characters; an emoji of one code point counts as one. */
export const maxMessageLength = 5000;

/** Custom data of a message: any JSON object or list. */
export type MessageExtra = Record<string, unknown> | unknown[];

/** A message of a thread. */
export interface Message {
  /** The position in the order of storing. */
  sequence: number;
  id: string;
  threadId: string;
  owner: Provider;
  type: number;
  body: string;
  replyToId: string | null;
  extra: MessageExtra | null;
  edited: boolean;
  /** The address it was sent from, if known. */
  senderIp: string | null;
  createdAt: Timestamp;
  updatedAt: Timestamp;
  archivedAt: Timestamp | null;
}

/** The text of a message before an edit, and the time of the edit. */
export interface MessageEdit {
  body: string;
  editedAt: Timestamp;
}

/** Whether a message of this type is a system message. */
export const isSystemMessage = (type: number): boolean => type >= messageTypes.PARTICIPANT_JOINED_WITH_INVITE;
