import type { MessageExtra } from '../domain/message.ts';
import type { ProviderType } from '../domain/provider.ts';

/** A person or bot as handlers see it. */
export interface OwnerData {
  type: ProviderType;
  id: string;
  name: string;
}

/** A message as handlers see it. */
export interface MessageData {
  id: string;
  threadId: string;
  /** 0 text, 1 image, 2 document, 3 audio, 4 video; from 88 up the system speaks. */
  type: number;
  /** The text; of a file its stored name. */
  body: string;
  owner: OwnerData;
  replyToId: string | null;
  extra: MessageExtra | null;
  createdAt: string;
}

/** A document of a thread. */
export interface DocumentData extends MessageData {
  /** Path of its download, to be put behind the address of the API. */
  url: string;
}

/** A bot as handlers see it. */
export interface BotData {
  id: string;
  name: string;
  enabled: boolean;
  /** Seconds. */
  cooldown: number;
  hideActions: boolean;
}

/** An action as handlers see it. */
export interface ActionData {
  id: string;
  botId: string;
  /** Alias of the handler. */
  handler: string;
  match: string;
  triggers: string[];
  payload: Record<string, unknown> | null;
  enabled: boolean;
  adminOnly: boolean;
  /** Seconds. */
  cooldown: number;
}

/** A bot of the thread with its actions. */
export interface ThreadBotData extends BotData {
  actions: Array<ActionData & { /** Name of the handler. */ name: string }>;
}

/** A person in the thread. */
export interface ParticipantData {
  id: string;
  user: OwnerData;
  admin: boolean;
  manageBots: boolean;
}

/** An invite to the thread. */
export interface InviteData {
  id: string;
  code: string;
  /** Path of the page to join by, to be put behind the address of the web interface. */
  joinPath: string;
  expiresAt: string | null;
}

/** A reaction as handlers see it. */
export interface ReactionData {
  id: string;
  messageId: string;
  /** Short code, like `:wave:`. */
  reaction: string;
}

/** Part of a list, and where the next part begins. */
export interface Page<Item> {
  items: Item[];
  /** To be given as `before` for the next page; null on the last one. */
  next: string | null;
}

/** Which page of a thread's messages. */
export interface PageQuery {
  /** Only what is older than the message of this id. */
  before?: string | null;
  /** 1 to 100; 50 when left out. */
  limit?: number;
}

/** Which page of a thread's documents. */
export interface DocumentQuery extends PageQuery {
  /** Only those whose name contains this, whatever its case. */
  name?: string;
}

/** What a file is sent as. */
export type UploadKind = 'image' | 'document' | 'audio' | 'video';

/** What every durable request carries: the bot it is done as (null: the handler's own) and whether it is told. */
export interface Acting {
  botId: string | null;
  silent: boolean;
}

/**
 * What a running handler may ask of the product, with arguments and answer. A handler runs in a thread of its
 * own, so all of this is plain data that can be sent.
 */
export interface Requests {
  /** Post a text. */
  message: {
    args: Acting & { body: string; replyToId: string | null; extra: MessageExtra | null };
    answer: MessageData;
  };
  /** Post a file. */
  upload: {
    args: Acting & {
      kind: UploadKind;
      name: string;
      bytes: Uint8Array;
      replyToId: string | null;
      extra: MessageExtra | null;
    };
    answer: MessageData;
  };
  /** React to a message. */
  reaction: { args: Acting & { messageId: string; reaction: string }; answer: ReactionData };
  /** Knock at everybody in the thread. */
  knock: { args: Acting & { ignoreTimeout: boolean }; answer: null };
  /** Mark the thread read for a person, or show that the bot has read it. */
  markRead: { args: Acting & { userId: string | null }; answer: null };
  /** Move messages of the thread into the archive. */
  archive: { args: Acting & { messageIds: string[] }; answer: { archived: number } };
  /** Make an invite to the thread. */
  invite: { args: Acting & { minutes: number | null; codeEnding: string }; answer: InviteData };
  /** Show that the bot types. */
  typing: { args: Acting; answer: null };
  /** Show that the bot stopped typing. */
  stopTyping: { args: Acting; answer: null };
  /** Show that the bot has read up to a message. */
  read: { args: Acting & { messageId: string }; answer: null };
  /** The thread's bots and their actions. */
  bots: { args: null; answer: ThreadBotData[] };
  /** The thread's people. */
  participants: { args: null; answer: ParticipantData[] };
  /** The thread's messages, newest first. */
  messages: { args: PageQuery; answer: Page<MessageData> };
  /** The thread's documents, newest first. */
  documents: { args: DocumentQuery; answer: Page<DocumentData> };
  /** The thread's invites that can be used. */
  invites: { args: null; answer: InviteData[] };
  /** Wait on the product's clock. */
  sleep: { args: { milliseconds: number }; answer: null };
}

/** The name of something that a running handler may ask for. */
export type RequestKind = keyof Requests;

/**
 * The requests that leave something behind. Each is a numbered step of its run and is done once, also through
 * crashes.
 */
const durableKinds = [
  'message',
  'upload',
  'reaction',
  'knock',
  'markRead',
  'archive',
  'invite',
] as const satisfies readonly RequestKind[];

/** The requests that show something, or list what is there, and leave nothing behind. */
const passingKinds = [
  'typing',
  'stopTyping',
  'read',
  'bots',
  'participants',
  'messages',
  'documents',
  'invites',
  'sleep',
] as const satisfies readonly RequestKind[];

/** Everything that a running handler may ask for. */
export const requestKinds = [...durableKinds, ...passingKinds] as const;

/** Whether a request is a numbered step of its run. */
export const isDurable = (kind: RequestKind): boolean => durableKinds.some((durable) => durable === kind);

/** How a running handler reaches the product. */
export interface RequestPort {
  request<Kind extends RequestKind>(
    kind: Kind,
    args: Requests[Kind]['args'] | Promise<Requests[Kind]['args']>,
  ): Promise<Requests[Kind]['answer']>;
}

const queryKinds: ReadonlySet<RequestKind> = new Set([
  'sleep',
  'bots',
  'participants',
  'messages',
  'documents',
  'invites',
]);

/** Whether a request changes nothing: it waits for none before it, holds up none after it, and no run waits for it. */
export const isQuery = (kind: RequestKind): boolean => queryKinds.has(kind);
