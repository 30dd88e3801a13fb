import type { Bot } from './bot.ts';
import type { BotAction } from './bot-action.ts';
import type { Invite } from './invite.ts';
import type { LostAction } from './lost-action.ts';
import type { Message } from './message.ts';
import type { Participant } from './participant.ts';
import type { Profile } from './profile.ts';
import type { Provider } from './provider.ts';
import type { Reaction } from './reaction.ts';
import type { RunError, StopReason } from './run.ts';
import type { Thread } from './thread.ts';

/**
 * Every event: its name, when it is emitted, and what it carries.
 *
 * `profile` is the person or bot behind the event, with everything stored about it: the owner of the message
 * or the reaction, `from` or `by`. Realtime clients are shown it, so the event carries it.
 */
export interface Events {
  /**
   * A message was stored, by a person, a bot or the system. `silent`: clients do not receive it.
   * `temporaryId`: the sending client's own id for it until it receives the real one. `replyTo`: the message
   * it replies to.
   */
  NewMessage: {
    thread: Thread;
    message: Message;
    profile: Profile;
    replyTo: Message | null;
    silent: boolean;
    temporaryId?: string | undefined;
  };
  /** A reaction was stored. */
  ReactionAdded: {
    thread: Thread;
    message: Message;
    reaction: Reaction;
    profile: Profile;
    silent: boolean;
  };
  /** A reaction was removed, by its owner or by an admin. */
  ReactionRemoved: { message: Message; reaction: Reaction };
  /** The text of a message was changed. */
  MessageEdited: { thread: Thread; message: Message; profile: Profile; previousBody: string };
  /** A message was archived. */
  MessageArchived: { threadId: string; messageId: string; silent: boolean };
  /** Somebody sent a knock to everyone in the thread. */
  Knock: { thread: Thread; from: Provider; profile: Profile; silent: boolean };
  /** Somebody is typing. Not stored. */
  Typing: { threadId: string; from: Provider; profile: Profile };
  /** Somebody stopped typing. Not stored. */
  StoppedTyping: { threadId: string; from: Provider; profile: Profile };
  /** Somebody has read up to a message. Not stored. */
  Read: { threadId: string; from: Provider; profile: Profile; messageId: string };
  /** A handler answered a message. The event has its duration. */
  BotActionHandled: {
    bot: Bot;
    action: BotAction;
    message: Message;
    trigger: string | null;
    milliseconds: number;
  };
  /** A group was created. `ParticipantsAdded` reports its participants. */
  NewThread: { thread: Thread; by: Provider };
  /** The name or the settings of a group changed. */
  ThreadSettings: { thread: Thread; by: Provider; profile: Profile };
  /** The avatar of a group was changed or removed. */
  ThreadAvatar: { thread: Thread; by: Provider; profile: Profile };
  /** A thread was archived with everything in it. */
  ThreadArchived: { thread: Thread; by: Provider };
  /** Somebody has read everything so far; `participant` has the time. */
  ThreadRead: { thread: Thread; participant: Participant };
  /** Somebody left a group. */
  ThreadLeft: { thread: Thread; participant: Participant };
  /** People joined a group, including those it was created with and those who came back. */
  ParticipantsAdded: { thread: Thread; by: Provider; profile: Profile; participants: Participant[] };
  /** Somebody's permissions in a group changed. */
  ParticipantPermissions: { thread: Thread; by: Provider; participant: Participant };
  /** Somebody was made an admin of a group. */
  PromotedAdmin: { thread: Thread; by: Provider; participant: Participant };
  /** Somebody is no longer an admin of a group. */
  DemotedAdmin: { thread: Thread; by: Provider; participant: Participant };
  /** Somebody was removed from a group. */
  RemovedFromThread: { thread: Thread; by: Provider; participant: Participant };
  /** Somebody muted a thread. */
  ParticipantMuted: { thread: Thread; participant: Participant };
  /** Somebody unmuted a thread. */
  ParticipantUnmuted: { thread: Thread; participant: Participant };
  /** Somebody joined a group by its invite. */
  InviteUsed: { thread: Thread; invite: Invite; participant: Participant };
  /** A handler threw, took too long or crashed. The other actions went on. */
  BotActionFailed: {
    bot: Bot;
    action: BotAction;
    message: Message;
    trigger: string | null;
    milliseconds: number;
    error: RunError;
  };
  /** A handler was stopped before it was done, because its bot may no longer post: `reason` says why. */
  BotActionStopped: {
    bot: Bot;
    action: BotAction;
    message: Message;
    trigger: string | null;
    milliseconds: number;
    reason: StopReason;
  };
  /**
   * A handler answered a message but left work that came too late or was never awaited. That work is lost.
   * Emitted once per run, after `BotActionHandled`.
   */
  BotActionWarned: {
    bot: Bot;
    action: BotAction;
    message: Message;
    trigger: string | null;
    warning: RunError;
  };
  /** A bot was created in a thread. */
  NewBot: { bot: Bot };
  /** The name or the settings of a bot changed. */
  BotUpdated: { bot: Bot; previousName: string };
  /** The avatar of a bot was changed or removed. */
  BotAvatar: { bot: Bot };
  /** A bot was removed from its thread and archived. */
  BotArchived: { bot: Bot };
  /** A bot was restored from the archive. */
  BotRestored: { bot: Bot };
  /** A packaged bot was installed in a thread. */
  PackagedBotInstalled: { bot: Bot; package: string };
  /** A handler was attached to a bot. */
  NewBotAction: { bot: Bot; action: BotAction };
  /** The settings of an action changed. */
  BotActionUpdated: { bot: Bot; action: BotAction };
  /** A handler was detached from its bot. */
  BotActionRemoved: { bot: Bot; action: BotAction };
  /**
   * Handler files were saved, created or removed. `files` were read again. `classes` run with their new code.
   * `problems` lists everything that is broken now. `lost` lists the stored actions that have just lost their
   * handler.
   */
  HandlersReloaded: {
    files: string[];
    classes: string[];
    milliseconds: number;
    problems: Array<{ file: string; message: string }>;
    lost: LostAction[];
  };
  /** The configuration was saved. `live` is in effect, `restart` needs a restart; or `problem` is set. */
  ConfigurationReloaded: { live: string[]; restart: string[]; problem: string | null };
}

/** The name of an event. */
export type EventName = keyof Events;

type InThread = { thread: { id: string } } | { threadId: string } | { message: { threadId: string } };

/** The events that name their thread. */
export type ThreadEventName = {
  [Name in EventName]: Events[Name] extends InThread ? Name : never;
}[EventName];

/** The id of the thread that an event names; undefined if it names none. */
export function threadIdOf(event: Events[ThreadEventName]): string;
export function threadIdOf(event: Events[EventName]): string | undefined;
export function threadIdOf(event: Events[EventName]): string | undefined {
  if ('thread' in event) return event.thread.id;
  if ('threadId' in event) return event.threadId;
  return 'message' in event ? event.message.threadId : undefined;
}
type Listener<Name extends EventName> = (event: Events[Name]) => unknown;

/** Listeners by event name. */
export type EventListeners = { [Name in EventName]?: Listener<Name> };

/** Any event, with its name. */
export type NamedEvent = { [Name in EventName]: { name: Name; event: Events[Name] } }[EventName];

/** Every event name. The compiler checks that none is missing. */
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

/** Whether a string is the name of an event. */
export const isEventName = (name: string): name is EventName => Object.hasOwn(eventNames, name);

/** Emits events to listeners. A listener that throws is reported and does not affect the others. */
export class EventBus {
  readonly #listeners = new Map<EventName, Set<(event: never) => unknown>>();
  readonly #listenersToAll = new Set<(named: NamedEvent) => unknown>();
  readonly #report: (error: unknown, name: EventName) => void;

  /** @param report called with what a listener threw */
  constructor(report: (error: unknown, name: EventName) => void) {
    this.#report = report;
  }

  /** Adds a listener; returns a function that removes it. */
  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Adds a listener for every event; returns a function that removes it. */
  onAny(listener: (named: NamedEvent) => unknown): () => void {
    this.#listenersToAll.add(listener);
    return () => this.#listenersToAll.delete(listener);
  }

  /**
   * Calls every listener of the event, in the order in which they were added. Listeners that are added meanwhile get
   * the next event.
   */
  emit<Name extends EventName>(name: Name, event: Events[Name]): void {
    const toAll = [...this.#listenersToAll];
    for (const listener of [...(this.#listeners.get(name) ?? [])]) void this.#notify(name, listener, event);
    for (const listener of toAll) void this.#notify(name, listener, { name, event });
  }

  async #notify(name: EventName, listener: (event: never) => unknown, event: unknown): Promise<void> {
    try {
      await listener(event as never);
    } catch (error) {
      this.#report(error, name);
    }
  }
}
