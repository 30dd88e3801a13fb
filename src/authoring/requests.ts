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
  type: number;
  body: string;
  owner: OwnerData;
  replyToId: string | null;
  extra: MessageExtra | null;
  createdAt: string;
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

/** A bot of the thread with its actions, as {@link HandlerThread.bots} lists them. */
export interface ThreadBotData extends BotData {
  actions: Array<ActionData & { /** Name of the handler. */ name: string }>;
}

/** A reaction as handlers see it. */
export interface ReactionData {
  id: string;
  messageId: string;
  /** Short code, like `:wave:`. */
  reaction: string;
}

/**
 * What a running handler may ask of the product, with arguments and answer. A handler runs in a thread of its
 * own, so all of this is plain data that can be sent.
 */
export interface Requests {
  /** Post a text. */
  message: {
    args: { body: string; replyToId: string | null; extra: MessageExtra | null; silent: boolean };
    answer: MessageData;
  };
  /** React to a message. */
  reaction: { args: { messageId: string; reaction: string; silent: boolean }; answer: ReactionData };
  /** Show that the bot types. */
  typing: { args: { silent: boolean }; answer: null };
  /** Show that the bot stopped typing. */
  stopTyping: { args: { silent: boolean }; answer: null };
  /** Show that the bot has read up to a message. */
  read: { args: { messageId: string; silent: boolean }; answer: null };
  /** The thread's bots and their actions. */
  bots: { args: null; answer: ThreadBotData[] };
  /** Wait on the product's clock. */
  sleep: { args: { milliseconds: number }; answer: null };
}

export type RequestKind = keyof Requests;

/** The requests that leave something behind. Each is a numbered step of its run and is done once, also through crashes. */
export const durableKinds = ['message', 'reaction'] as const satisfies readonly RequestKind[];

/** How a running handler reaches the product. */
export interface RequestPort {
  request<Kind extends RequestKind>(
    kind: Kind,
    args: Requests[Kind]['args'],
  ): Promise<Requests[Kind]['answer']>;
}
