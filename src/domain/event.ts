import type { Bot } from './bot.ts';
import type { BotAction } from './bot-action.ts';
import type { Invite } from './invite.ts';
import type { LostAction } from './lost-action.ts';
import type { Message } from './message.ts';
import type { Participant } from './participant.ts';
import type { Provider } from './provider.ts';
import type { Reaction } from './reaction.ts';
import type { RunError, StopReason } from './run.ts';
import type { Thread } from './thread.ts';

/** Every event of the product: its name, when it happens, and what it carries. */
export interface Events {
  /**
   * A message was stored, by a person, a bot or the system. `silent`: no client is told. `temporaryId`: what the
   * client that sent it calls it until it knows its id.
   */
  NewMessage: { thread: Thread; message: Message; silent: boolean; temporaryId?: string | undefined };
  /** A reaction was stored. */
  ReactionAdded: { message: Message; reaction: Reaction; silent: boolean };
  /** A reaction was taken back, or taken away by an admin. */
  ReactionRemoved: { message: Message; reaction: Reaction };
  /** The text of a message was changed. */
  MessageEdited: { thread: Thread; message: Message; previousBody: string };
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
  /** A handler answered a message, and took so long. */
  BotActionHandled: {
    bot: Bot;
    action: BotAction;
    message: Message;
    trigger: string | null;
    milliseconds: number;
  };
  /** A group was made; its people are told of by `ParticipantsAdded`. */
  NewThread: { thread: Thread; by: Provider };
  /** The name or the switches of a group were changed. */
  ThreadSettings: { thread: Thread; by: Provider };
  /** The picture of a group was changed or removed. */
  ThreadAvatar: { thread: Thread; by: Provider };
  /** A thread was moved into the archive, with everything in it. */
  ThreadArchived: { thread: Thread; by: Provider };
  /** Somebody has read everything up to now, as the participant says. */
  ThreadRead: { thread: Thread; participant: Participant };
  /** Somebody left a group. */
  ThreadLeft: { thread: Thread; participant: Participant };
  /** People came into a group, also those it was made with and those who came back. */
  ParticipantsAdded: { thread: Thread; by: Provider; participants: Participant[] };
  /** What somebody may do in a group was changed. */
  ParticipantPermissions: { thread: Thread; by: Provider; participant: Participant };
  /** Somebody was made an admin of a group. */
  PromotedAdmin: { thread: Thread; by: Provider; participant: Participant };
  /** Somebody is no admin of a group any more. */
  DemotedAdmin: { thread: Thread; by: Provider; participant: Participant };
  /** Somebody was removed from a group. */
  RemovedFromThread: { thread: Thread; by: Provider; participant: Participant };
  /** Somebody wants to hear nothing more of a thread. */
  ParticipantMuted: { thread: Thread; participant: Participant };
  /** Somebody wants to hear of a thread again. */
  ParticipantUnmuted: { thread: Thread; participant: Participant };
  /** Somebody came into a group by its invite. */
  InviteUsed: { thread: Thread; invite: Invite; participant: Participant };
  /** A handler threw, took too long or died. The other actions went on. */
  BotActionFailed: {
    bot: Bot;
    action: BotAction;
    message: Message;
    trigger: string | null;
    milliseconds: number;
    error: RunError;
  };
  /** A handler was stopped before it was done, since its bot may not post any more: `reason` says why. */
  BotActionStopped: {
    bot: Bot;
    action: BotAction;
    message: Message;
    trigger: string | null;
    milliseconds: number;
    reason: StopReason;
  };
  /**
   * A handler answered a message, and left something that came too late or was never awaited: what it was to do is
   * lost. Once for a run, after `BotActionHandled`.
   */
  BotActionWarned: {
    bot: Bot;
    action: BotAction;
    message: Message;
    trigger: string | null;
    warning: RunError;
  };
  /** A bot was made in a thread. */
  NewBot: { bot: Bot };
  /** The name or the switches of a bot were changed. */
  BotUpdated: { bot: Bot; previousName: string };
  /** A bot was given a picture, or lost it. */
  BotAvatar: { bot: Bot };
  /** A bot was removed from its thread and is in the archive. */
  BotArchived: { bot: Bot };
  /** A bot came back from the archive. */
  BotRestored: { bot: Bot };
  /** A packaged bot was installed in a thread. */
  PackagedBotInstalled: { bot: Bot; package: string };
  /** A handler was attached to a bot. */
  NewBotAction: { bot: Bot; action: BotAction };
  /** What an action was attached with was changed. */
  BotActionUpdated: { bot: Bot; action: BotAction };
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

/** The name of an event. */
export type EventName = keyof Events;
type Listener<Name extends EventName> = (event: Events[Name]) => unknown;

/** Listeners by the names of their events. */
export type EventListeners = { [Name in EventName]?: Listener<Name> };

/** Any event with its name. */
export type NamedEvent = { [Name in EventName]: { name: Name; event: Events[Name] } }[EventName];

/** Every name, checked by the compiler to be complete. */
const eventNames: Record<EventName, true> = {
  NewMessage: true,
  ReactionAdded: true,
  ReactionRemoved: true,
  MessageEdited: true,
  MessageArchived: true,
  Knock: true,
  Typing: true,
  StoppedTyping: true,
  Read: true,
  BotActionHandled: true,
  NewThread: true,
  ThreadSettings: true,
  ThreadAvatar: true,
  ThreadArchived: true,
  ThreadRead: true,
  ThreadLeft: true,
  ParticipantsAdded: true,
  ParticipantPermissions: true,
  PromotedAdmin: true,
  DemotedAdmin: true,
  RemovedFromThread: true,
  ParticipantMuted: true,
  ParticipantUnmuted: true,
  InviteUsed: true,
  BotActionFailed: true,
  BotActionStopped: true,
  BotActionWarned: true,
  NewBot: true,
  BotUpdated: true,
  BotAvatar: true,
  BotArchived: true,
  BotRestored: true,
  PackagedBotInstalled: true,
  NewBotAction: true,
  BotActionUpdated: true,
  BotActionRemoved: true,
  HandlersReloaded: true,
  ConfigurationReloaded: true,
};

/** The names of all events. */
export const allEventNames: readonly string[] = Object.keys(eventNames);

/** Whether something has the name of an event. */
export const isEventName = (name: string): name is EventName => Object.hasOwn(eventNames, name);

/** Tells listeners of events. A listener that fails is reported and breaks nobody else. */
export class EventBus {
  readonly #listeners = new Map<EventName, Set<(event: never) => unknown>>();
  readonly #listenersToAll = new Set<(named: NamedEvent) => unknown>();
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

  /** Listens to every event; the answer stops listening. */
  onAny(listener: (named: NamedEvent) => unknown): () => void {
    this.#listenersToAll.add(listener);
    return () => this.#listenersToAll.delete(listener);
  }

  /** Tells every listener of the event, in the order in which they came. */
  emit<Name extends EventName>(name: Name, event: Events[Name]): void {
    for (const listener of this.#listeners.get(name) ?? []) void this.#tell(name, listener, event);
    for (const listener of this.#listenersToAll) void this.#tell(name, listener, { name, event });
  }

  async #tell(name: EventName, listener: (event: never) => unknown, event: unknown): Promise<void> {
    try {
      await listener(event as never);
    } catch (error) {
      this.#report(error, name);
    }
  }
}
