import { createError } from '../base/errors.ts';
import type { MessageExtra } from '../domain/message.ts';
import type { OutgoingLimits } from '../domain/outgoing.ts';
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

/** Everything a run hands to its handler, as plain data. */
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
}

/** How large may be what a handler sends: files in kilobytes. */
type HandlerLimits = Readonly<Record<UploadKind, number>> & Readonly<OutgoingLimits>;

/** A thread as plain data. */
export interface ThreadData {
  id: string;
  type: 'private' | 'group';
  name: string | null;
}

/** Who wrote a message. */
export class MessageOwner implements OwnerData {
  readonly type: ProviderType;
  readonly id: string;
  readonly name: string;

  constructor(owner: OwnerData) {
    this.type = owner.type;
    this.id = owner.id;
    this.name = owner.name;
  }

  /** The name, under the name the original has for it. */
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
  /** Who wrote it. */
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

/** The group the message was written in, with what can be asked of it. */
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
   * The bots of the thread, oldest first, each with its actions in the order in which they were attached. A bot that
   * hides its actions has them only where the sender of the message may manage bots.
   */
  bots(): Promise<ThreadBotData[]> {
    return this.#port.request('bots', null);
  }

  /** The people in the thread, longest there first. */
  participants(): Promise<ParticipantData[]> {
    return this.#port.request('participants', null);
  }

  /**
   * The messages of the thread that are not archived, newest first, page by page.
   *
   * @example const { items } = await this.thread.messages({ before: this.message.id, limit: 10 });
   */
  messages(query: PageQuery = {}): Promise<Page<MessageData>> {
    return this.#port.request('messages', query);
  }

  /** The documents of the thread that are not archived, newest first, page by page. */
  documents(query: DocumentQuery = {}): Promise<Page<DocumentData>> {
    return this.#port.request('documents', query);
  }

  /** The thread's invites that can be used, newest first. */
  invites(): Promise<InviteData[]> {
    return this.#port.request('invites', null);
  }

  /**
   * Makes an invite to the thread.
   *
   * @param options `minutes` until it ends (null: never; 15 when left out), and what its code ends with
   * @throws EFFECT_REFUSED when the thread's invitations are off, or it has too many invites already
   */
  invite(options: { minutes?: number | null; codeEnding?: string } = {}): Promise<InviteData> {
    const { minutes = 15, codeEnding = '' } = options;
    return this.#port.request('invite', { botId: null, silent: false, minutes, codeEnding });
  }
}

/** What a handler sees while it runs. */
export interface HandlerContext {
  data: HandlerContextData;
  message: HandlerMessage;
  thread: HandlerThread;
  port: RequestPort;
  /** The workspace's. */
  folder: string;
  /** Set by `releaseCooldown()`. */
  cooldownReleased: boolean;
}

/** The context of each handler object that runs. Beside the object, so that authors' own fields never meet ours. */
const contexts = new WeakMap<object, HandlerContext>();

/** Gives a handler object what it needs to run. */
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
 * The context of a handler object that runs.
 *
 * @param what the member that needs it, for the sentence
 * @throws HANDLER_OUTSIDE_RUN
 */
export function running(handler: object, what: string): HandlerContext {
  const context = contexts.get(handler);
  if (context === undefined) throw createError('HANDLER_OUTSIDE_RUN', `${handler.constructor.name}.${what}`);
  return context;
}

/**
 * The message without the trigger that matched, for the member that is named; null if nothing is left.
 *
 * @throws HANDLER_OUTSIDE_RUN
 */
export function parsedBy(handler: object, what: string, toLower: boolean): string | null {
  const { parsedMessage } = running(handler, what).data;
  return toLower ? (parsedMessage?.toLowerCase() ?? null) : parsedMessage;
}
