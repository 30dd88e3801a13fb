import type { Bot } from './bot.ts';
import type { BotAction } from './bot-action.ts';
import type { LostAction } from './lost-action.ts';
import type { Message } from './message.ts';
import type { Provider } from './provider.ts';
import type { Reaction } from './reaction.ts';
import type { RunError } from './run.ts';
import type { Thread } from './thread.ts';

/** Every event of the product: its name, when it happens, and what it carries. */
export interface Events {
  /** A message was stored, by a person, a bot or the system. `silent`: no client is told. */
  NewMessage: { thread: Thread; message: Message; silent: boolean };
  /** A reaction was stored. */
  ReactionAdded: { message: Message; reaction: Reaction; silent: boolean };
  /** A message was moved into the archive. */
  MessageArchived: { threadId: string; messageId: string; silent: boolean };
  /** Somebody knocked at everybody in the thread. */
  Knock: { thread: Thread; from: Provider; silent: boolean };
  /** Somebody shows that they type. Not stored. */
  Typing: { threadId: string; from: Provider };
  /** Somebody shows that they stopped typing. Not stored. */
  StoppedTyping: { threadId: string; from: Provider };
  /** Somebody shows that they have read up to a message. Not stored. */
  Read: { threadId: string; from: Provider; messageId: string };
  /** A handler answered a message. */
  BotActionHandled: { bot: Bot; action: BotAction; message: Message; trigger: string | null };
  /** A handler threw, took too long or died. The other actions went on. */
  BotActionFailed: {
    bot: Bot;
    action: BotAction;
    message: Message;
    trigger: string | null;
    error: RunError;
  };
  /** A bot was made in a thread. */
  NewBot: { bot: Bot };
  /** A bot was removed from its thread and is in the archive. */
  BotArchived: { bot: Bot };
  /** A bot came back from the archive. */
  BotRestored: { bot: Bot };
  /** A packaged bot was installed in a thread. */
  PackagedBotInstalled: { bot: Bot; package: string };
  /** A handler was attached to a bot. */
  NewBotAction: { bot: Bot; action: BotAction };
  /** A handler was detached from its bot. */
  BotActionRemoved: { bot: Bot; action: BotAction };
  /**
   * Files of handlers were saved, made or removed. `files` were read again, `classes` are live with their new code,
   * `problems` is all that is broken now, `lost` the stored actions whose handler is gone with this.
   */
  HandlersReloaded: {
    files: string[];
    classes: string[];
    milliseconds: number;
    problems: Array<{ file: string; message: string }>;
    lost: LostAction[];
  };
  /** The configuration was saved. `live` took effect, `restart` waits for the next start; or it cannot be used. */
  ConfigurationReloaded: { live: string[]; restart: string[]; problem: string | null };
}

export type EventName = keyof Events;
type Listener<Name extends EventName> = (event: Events[Name]) => unknown;

/** Tells listeners of events. A listener that fails is reported and breaks nobody else. */
export class EventBus {
  readonly #listeners = new Map<EventName, Set<(event: never) => unknown>>();
  readonly #report: (error: unknown, name: EventName) => void;

  /** @param report is told of what a listener threw */
  constructor(report: (error: unknown, name: EventName) => void) {
    this.#report = report;
  }

  /** Listens; the answer stops listening. */
  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Tells every listener of the event, in the order in which they came. */
  emit<Name extends EventName>(name: Name, event: Events[Name]): void {
    for (const listener of this.#listeners.get(name) ?? []) void this.#tell(name, listener, event);
  }

  async #tell(name: EventName, listener: (event: never) => unknown, event: Events[EventName]): Promise<void> {
    try {
      await listener(event as never);
    } catch (error) {
      this.#report(error, name);
    }
  }
}
