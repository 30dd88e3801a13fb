import { createError } from '../base/errors.ts';
import type { MessageExtra } from '../domain/message.ts';
import type { OutgoingLimits } from '../domain/outgoing.ts';
import type { Outside } from '../domain/outside.ts';
import type { ProviderType } from '../domain/provider.ts';
import type { UploadKind } from './request-arguments.ts';
import type {
  ActionData,
  BotData,
  DocumentData,
  DocumentQuery,
  InviteData,
  MessageData,
  OwnerData,
  Page,
  PageQuery,
  ParticipantData,
  RequestPort,
  ThreadBotData,
} from './requests.ts';

/** Everything a run passes to its handler, as plain data. */
export interface HandlerContextData {
  bot: BotData;
  action: ActionData;
  thread: ThreadData;
  message: MessageData;
  /** The trigger that matched; null with match `any`. */
  matchingTrigger: string | null;
  /** The message without the trigger; null if nothing is left. */
  parsedMessage: string | null;
  isGroupAdmin: boolean;
  senderIp: string | null;
  limits: HandlerLimits;
  /** What the run meets in place of the world outside; the real one if left out. */
  outside?: Outside | undefined;
}

/** The size limits for what a handler sends; files in kilobytes. */
type HandlerLimits = Readonly<Record<UploadKind, number>> & Readonly<OutgoingLimits>;

/** A thread as plain data. */
export interface ThreadData {
  id: string;
  type: 'private' | 'group';
  name: string | null;
}

/** The sender of a message. */
export class MessageOwner implements OwnerData {
  readonly type: ProviderType;
  readonly id: string;
  readonly name: string;

  constructor(owner: OwnerData) {
    this.type = owner.type;
    this.id = owner.id;
    this.name = owner.name;
  }

  /** The name. The method is called as in the original. */
  getProviderName(): string {
    return this.name;
  }
}

/** The message that triggered the handler. */
export class HandlerMessage implements MessageData {
  readonly id: string;
  readonly threadId: string;
  readonly type: number;
  readonly body: string;
  /** The sender. */
  readonly owner: MessageOwner;
  readonly replyToId: string | null;
  readonly extra: MessageExtra | null;
  readonly createdAt: string;

  constructor(message: MessageData) {
    this.id = message.id;
    this.threadId = message.threadId;
    this.type = message.type;
    this.body = message.body;
    this.owner = new MessageOwner(message.owner);
    this.replyToId = message.replyToId;
    this.extra = message.extra;
    this.createdAt = message.createdAt;
  }
}

/** The group the message was written in, with methods to query it. */
export class HandlerThread implements ThreadData {
  readonly id: string;
  readonly type: 'private' | 'group';
  readonly name: string | null;
  readonly #port: RequestPort;

  constructor(thread: ThreadData, port: RequestPort) {
    this.id = thread.id;
    this.type = thread.type;
    this.name = thread.name;
    this.#port = port;
  }

  /**
   * The bots of the thread, oldest first, each with its actions in the order of attaching. The actions of a
   * bot that hides them are included only if the sender of the message may manage bots.
   */
  bots(): Promise<ThreadBotData[]> {
    return this.#port.request('bots', null);
  }

  /** The people in the thread, longest there first. */
  participants(): Promise<ParticipantData[]> {
    return this.#port.request('participants', null);
  }

  /**
   * A page of the thread's messages that are not archived, newest first.
   *
   * @example const { items } = await this.thread.messages({ before: this.message.id, limit: 10 });
   */
  messages(query: PageQuery = {}): Promise<Page<MessageData>> {
    return this.#port.request('messages', query);
  }

  /** A page of the thread's documents that are not archived, newest first. */
  documents(query: DocumentQuery = {}): Promise<Page<DocumentData>> {
    return this.#port.request('documents', query);
  }

  /** The thread's valid invites, newest first. */
  invites(): Promise<InviteData[]> {
    return this.#port.request('invites', null);
  }

  /**
   * Creates an invite to the thread.
   *
   * @param options `minutes` until it expires (null: never; default 15), and the ending of its code
   * @throws EFFECT_REFUSED when the thread's invites are off, or it has too many invites already
   */
  invite(options: { minutes?: number | null; codeEnding?: string } = {}): Promise<InviteData> {
    const { minutes = 15, codeEnding = '' } = options;
    return this.#port.request('invite', { botId: null, silent: false, minutes, codeEnding });
  }
}

/** The context of a running handler. */
export interface HandlerContext {
  data: HandlerContextData;
  message: HandlerMessage;
  thread: HandlerThread;
  port: RequestPort;
  /** The workspace's folder. */
  folder: string;
  /** Set by `releaseCooldown()`. */
  cooldownReleased: boolean;
}

/** The context of each running handler, kept outside it so that it cannot clash with authors' fields. */
const contexts = new WeakMap<object, HandlerContext>();

/** Binds a handler object to its context. */
export function bindContext(
  handler: object,
  data: HandlerContextData,
  port: RequestPort,
  folder: string,
): HandlerContext {
  const context: HandlerContext = {
    data,
    message: new HandlerMessage(data.message),
    thread: new HandlerThread(data.thread, port),
    port,
    folder,
    cooldownReleased: false,
  };
  contexts.set(handler, context);
  return context;
}

/**
 * Returns the context of a running handler object.
 *
 * @param what the member that needs it, for the error
 * @throws HANDLER_OUTSIDE_RUN
 */
export function running(handler: object, what: string): HandlerContext {
  const context = contexts.get(handler);
  if (context === undefined) throw createError('HANDLER_OUTSIDE_RUN', `${handler.constructor.name}.${what}`);
  return context;
}

/**
 * Returns the message without the trigger that matched; null if nothing is left.
 *
 * @throws HANDLER_OUTSIDE_RUN
 */
export function parsedBy(handler: object, what: string, toLower: boolean): string | null {
  const { parsedMessage } = running(handler, what).data;
  return toLower ? (parsedMessage?.toLowerCase() ?? null) : parsedMessage;
}
