/// <reference lib="esnext.disposable" preserve="true" />
import type { BotActionHandlerClass } from '../authoring/bot-action-handler.ts';
import type { InstallParameters, ParameterSet } from '../authoring/installs.ts';
import type { PackagedBotClass } from '../authoring/packaged-bot.ts';
import type { Message, MessageExtra } from '../domain/message.ts';
import type { ParticipantPermissions } from '../domain/participant.ts';
import type { Provider } from '../domain/provider.ts';
import type { Reaction } from '../domain/reaction.ts';
import type { Run } from '../domain/run.ts';
import type { ActionVerdict } from '../domain/verdict.ts';
import type { NetworkTable } from '../services/outside/network-table.ts';

/** A class of a handler or of a packaged bot. */
export type BotClass = BotActionHandlerClass | PackagedBotClass;

/** How to open a chat for a test. */
export interface CreateChatOptions {
  /**
   * The handlers and packages of the test. A handler that needs no parameters is attached at once. Others are attached
   * or installed by the test, and need not be listed. The ready-made ones are always there.
   */
  bots?: readonly BotClass[];
  /** `frozen`: time stands still until the test moves it. By default it runs. */
  clock?: 'running' | 'frozen';
  /** Makes `Math.random()` in handlers the same each time, for the same seed. */
  seed?: string | number;
  /** The answers to the HTTP requests of handlers. Any other request fails; nothing is sent to the network. */
  network?: NetworkTable;
  /**
   * Where handlers run: inside the process of the test if left out, or as in production, loaded from the files of `bots/`.
   */
  isolation?: 'none' | 'thread' | 'process';
  /** The folder of the workspace whose configuration is used; found from the current folder if left out. */
  workspace?: string;
  /** Called with each line that handlers print; printed if left out. */
  onOutput?: (handler: string, line: string) => void;
}

/** What a person may do in the group. A plain participant may only write. */
export interface PersonRights extends Partial<ParticipantPermissions> {
  /** May do everything, and is answered by actions that are only for admins. */
  admin?: boolean;
}

/** A reaction with its emoji. */
export interface ChatReaction extends Reaction {
  /** `👋` */
  emoji: string;
}

/** What an action did with a message, and why. */
export interface ChatVerdict extends ActionVerdict {
  /** `no match: "hello" is there, but not at the start` */
  sentence: string;
}

/** What happened in a chat until the bots were done, or until all that was left waited for the clock. */
export interface Outcome {
  /** What the person wrote; null if nobody did. */
  said: Message | null;
  /** What bots posted: texts and files, in their order. */
  messages: Message[];
  /** The reactions of bots. */
  reactions: ChatReaction[];
  /** The bots that were typing, once for each time. */
  typing: Provider[];
  /** The bots that knocked, once for each knock. */
  knocks: Provider[];
  /** The runs of handlers, as they are now. Those that were skipped have the reason. */
  runs: Run[];
  /** One row for each action of the group: whether it fired, and why not. */
  verdicts: ChatVerdict[];
}

/** A person of a chat. They join the group with the first thing they do. */
export interface Person {
  readonly name: string;
  /**
   * Writes a message.
   *
   * @throws NOT_PERMITTED, MESSAGE_INVALID
   * @example const { messages } = await chat.as('alice').say('hi')
   */
  say(
    text: string,
    options?: { replyTo?: Message | undefined; extra?: MessageExtra | undefined },
  ): Promise<Outcome>;
  /**
   * Reacts to a message.
   *
   * @throws NOT_PERMITTED, REACTION_INVALID
   */
  react(message: Message, emoji: string): Promise<Outcome>;
  /**
   * Knocks at everybody. Needs the right `sendKnocks`.
   *
   * @throws NOT_PERMITTED, KNOCKED_LATELY
   */
  knock(): Promise<Outcome>;
}

/** An action of a chat: a handler that is attached to a bot. */
export interface ChatAction {
  readonly id: string;
  /** The alias of its handler. */
  readonly handler: string;
  /** The name of its bot. */
  readonly bot: string;
  /** The seconds for which it, or its bot, is still on cooldown. */
  readonly cooldownLeft: number;
}

/** A packaged bot that was installed. */
export interface ChatInstallation {
  /** The name of the bot. */
  bot: string;
  actions: ChatAction[];
  /** What was left out, with the reason. */
  leftOut: Array<{ handler: string; reason: string; errors: Record<string, string[]> }>;
}

/** The time of a chat: cooldowns, retries, and what handlers wait for with `this.sleep()`. */
export interface ChatClock {
  readonly now: Date;
  readonly isFrozen: boolean;
  /**
   * Moves the time forward. What waits for a moment in between happens then.
   *
   * @param span like `5m`, `1h30m`, `90s`, or milliseconds
   */
  advance(span: string | number): Promise<Outcome>;
  /** Moves the time forward until no handler sleeps and nothing is retried any more. */
  untilIdle(): Promise<Outcome>;
  /** Stops the time. */
  freeze(): void;
  /** Lets the time run again. */
  resume(): void;
}

/** `[parameters]`, which may be left out where the handler needs none. */
type Parameters<Handler extends BotActionHandlerClass> =
  Record<never, never> extends InstallParameters<Handler>
    ? [parameters?: InstallParameters<Handler>]
    : [parameters: InstallParameters<Handler>];

/** A group with people and bots, in memory. */
export interface Chat extends AsyncDisposable {
  readonly clock: ChatClock;
  /**
   * A person of the group, who is a plain participant unless they are given rights. `owner` is the admin who attaches and
   * installs.
   *
   * @throws PERSON_RIGHT_UNKNOWN
   * @example chat.as('bob', { admin: true })
   */
  as(name: string, rights?: PersonRights): Person;
  /**
   * Attaches a handler. The cooldown is 0 unless it is given.
   *
   * @throws INVALID_PARAMETERS, HANDLER_UNIQUE, HANDLER_NOT_AUTHORIZED, HANDLER_UNKNOWN
   * @example await chat.attach(ReplyBot, { match: 'exact', triggers: ['help'], replies: ['Ask away!'] })
   */
  attach<Handler extends BotActionHandlerClass>(
    handler: Handler,
    ...parameters: Parameters<Handler>
  ): Promise<ChatAction>;
  /** Attaches a handler by its alias. */
  attach(alias: string, parameters?: ParameterSet): Promise<ChatAction>;
  /**
   * Installs a packaged bot, given by its class or its alias.
   *
   * @throws PACKAGE_NOT_AUTHORIZED, PACKAGE_UNKNOWN
   */
  install(packagedBot: PackagedBotClass | string): Promise<ChatInstallation>;
  /**
   * The first attached action of a handler, given by its class or its alias.
   *
   * @throws ACTION_NOT_ATTACHED
   */
  action(handler: BotActionHandlerClass | string): ChatAction;
  /** All actions, in the order in which they were attached. */
  readonly actions: readonly ChatAction[];
  /** What people and bots have written, oldest first. */
  messages(): Promise<Message[]>;
  /** Ends the chat. Nothing of it is left. */
  close(): Promise<void>;
}
