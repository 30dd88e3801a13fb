import type { MessageExtra } from '../domain/message.ts';
import type { HttpAnswer } from '../domain/outside.ts';
import type { ProviderType } from '../domain/provider.ts';
import type { RequestArguments, RequestKind } from './request-arguments.ts';

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
  /** 0 text, 1 image, 2 document, 3 audio, 4 video; 88 and above: system messages. */
  type: number;
  /** The text; for a file, its stored name. */
  body: string;
  owner: OwnerData;
  replyToId: string | null;
  extra: MessageExtra | null;
  createdAt: string;
}

/** A document of a thread. */
export interface DocumentData extends MessageData {
  /** The path of its download, relative to the URL of the API. */
  url: string;
}

/** A bot as handlers see it. */
export interface BotData {
  id: string;
  name: string;
  enabled: boolean;
  /** In seconds. */
  cooldown: number;
  hideActions: boolean;
}

/** An action as handlers see it. */
export interface ActionData {
  id: string;
  botId: string;
  /** The alias of the handler. */
  handler: string;
  match: string;
  triggers: string[];
  payload: Record<string, unknown> | null;
  enabled: boolean;
  adminOnly: boolean;
  /** In seconds. */
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
  /** The path of the page for joining, relative to the URL of the web interface. */
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

/** Part of a list, with the start of the next part. */
export interface Page<Item> {
  items: Item[];
  /** The `before` of the next page; null on the last one. */
  next: string | null;
}

/** Which page of a thread's messages. */
export interface PageQuery {
  /** Only messages older than the one with this id. */
  before?: string | null | undefined;
  /** 1 to 100; 50 by default. */
  limit?: number | undefined;
}

/** Which page of a thread's documents. */
export interface DocumentQuery extends PageQuery {
  /** Only documents whose name contains this, ignoring case. */
  name?: string | undefined;
}

/**
 * The requests of a running handler, with arguments and result. A handler runs in a worker, so everything
 * here is plain data that can be sent.
 */
export interface Requests {
  message: { args: RequestArguments['message']; answer: MessageData };
  upload: { args: RequestArguments['upload']; answer: MessageData };
  reaction: { args: RequestArguments['reaction']; answer: ReactionData };
  knock: { args: RequestArguments['knock']; answer: null };
  markRead: { args: RequestArguments['markRead']; answer: null };
  archive: { args: RequestArguments['archive']; answer: { archived: number } };
  invite: { args: RequestArguments['invite']; answer: InviteData };
  typing: { args: RequestArguments['typing']; answer: null };
  stopTyping: { args: RequestArguments['stopTyping']; answer: null };
  read: { args: RequestArguments['read']; answer: null };
  bots: { args: RequestArguments['bots']; answer: ThreadBotData[] };
  participants: { args: RequestArguments['participants']; answer: ParticipantData[] };
  messages: { args: RequestArguments['messages']; answer: Page<MessageData> };
  documents: { args: RequestArguments['documents']; answer: Page<DocumentData> };
  invites: { args: RequestArguments['invites']; answer: InviteData[] };
  sleep: { args: RequestArguments['sleep']; answer: null };
  fetch: { args: RequestArguments['fetch']; answer: HttpAnswer };
}

/**
 * The requests with a stored effect. Each is a numbered step of its run and is done once, even across
 * crashes.
 */
const durableKinds: ReadonlySet<RequestKind> = new Set([
  'message',
  'upload',
  'reaction',
  'knock',
  'markRead',
  'archive',
  'invite',
]);

/** Whether a request is a numbered step of its run. */
export const isDurable = (kind: RequestKind): boolean => durableKinds.has(kind);

/** The connection of a running handler to the product. */
export interface RequestPort {
  request<Kind extends RequestKind>(
    kind: Kind,
    args: Requests[Kind]['args'] | Promise<Requests[Kind]['args']>,
  ): Promise<Requests[Kind]['answer']>;
}

const queryKinds: ReadonlySet<RequestKind> = new Set([
  'sleep',
  'fetch',
  'bots',
  'participants',
  'messages',
  'documents',
  'invites',
]);

/** Whether a request changes nothing. It neither waits for others nor delays them; runs do not await it. */
export const isQuery = (kind: RequestKind): boolean => queryKinds.has(kind);

const presenceKinds: ReadonlySet<RequestKind> = new Set(['typing', 'stopTyping', 'read']);

/** Whether a request only shows a state of a bot. Nothing depends on its answer. */
export const isPresence = (kind: RequestKind): boolean => presenceKinds.has(kind);
