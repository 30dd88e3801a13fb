import type { Parameters } from '../domain/parameters.ts';

/** What a line of a transcript says that somebody does. */
export const verbs = ['says', 'sends', 'reacts', 'knocks', 'types', 'fails', 'stops', 'warns'] as const;

/** `sends` is for files, `fails`, `stops` and `warns` are for handlers of a bot. People only say things. */
export type Verb = (typeof verbs)[number];

/** Verbs that say everything by themselves. */
export const verbsWithoutText: ReadonlySet<Verb> = new Set(['knocks', 'types']);

/** A position in the file, counted from 1. */
export interface Place {
  line: number;
  column: number;
}

/** Something that a person or a bot does. */
export interface Line {
  kind: 'line';
  place: Place;
  who: string;
  /** Undefined if the name alone decides: it is a bot if the group has one of that name. */
  role: 'person' | 'bot' | undefined;
  verb: Verb;
  /** As it is written: what a person sends, or the pattern of what a bot does. */
  text: string;
  /** The pattern of the message to which it replies or reacts. */
  to: string | undefined;
}

/** One entry of `chat`. */
export type Step =
  | Line
  | { kind: 'clock'; place: Place; move: string }
  /** Nobody answers. The reason is a part of the verdict on an action. */
  | { kind: 'silence'; place: Place; reason: string | undefined }
  /** Bots may do anything here, or nothing. */
  | { kind: 'anything'; place: Place };

/** A handler to attach, with its parameters. */
export interface AttachedHandler {
  handler: string;
  params: Parameters['values'];
}

/** What is there before the chat begins. */
export type Setup = AttachedHandler | { install: string } | NamedBot;

/** A bot with a name and settings of its own. */
export interface NamedBot {
  bot: string;
  cooldown: number;
  enabled: boolean;
  hideActions: boolean;
  actions: readonly AttachedHandler[];
}

/** A chat that can be played again. */
export interface Transcript {
  title: string | undefined;
  /** Makes the randomness of handlers repeat. */
  seed: number | undefined;
  /** Undefined for the first person who speaks. */
  admins: readonly string[] | undefined;
  /** Undefined for the bots of a playground. */
  bots: readonly Setup[] | undefined;
  chat: readonly Step[];
}
