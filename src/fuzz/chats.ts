import { type Arbitrary, array, constantFrom, nat, noShrink, record } from 'fast-check';
import { trim } from '../domain/text.ts';
import { boundaryTexts } from './texts.ts';

/** One message of a chat that is tried. */
export interface Step {
  /** Milliseconds between it and the message before. */
  after: number;
  by: Person;
  text: string;
}

/** A chat that is tried. */
export interface Chat {
  /** What chance begins with. */
  seed: number;
  steps: Step[];
}

/** The people of such a chat. Only the first is an admin of the group. */
export const people = ['alice', 'bob', 'carol'] as const;
type Person = (typeof people)[number];

/** What decides which chats are worth trying. */
export interface Tried {
  /** The triggers in effect; none with the match `any`. */
  triggers: readonly string[];
  /** Seconds. */
  cooldown: number;
  /** The most characters of a message. */
  messageLimit: number;
}

/** The most messages of one chat. */
const maxSteps = 6;

/** Chats of a few messages by random people, at times around the cooldown. Failing ones shrink to few and short messages. */
export function chats({ triggers, cooldown, messageLimit }: Tried): Arbitrary<Chat> {
  const end = cooldown * 1_000;
  const step = record({
    after: constantFrom(0, 1, ...(end > 0 ? [end - 1, end, end + 1] : []), 60_000, 24 * 60 * 60_000),
    by: constantFrom(...people),
    text: boundaryTexts(triggers, messageLimit).filter((text) => trim(text) !== ''),
  });
  return record({
    seed: noShrink(nat(999_999)),
    steps: array(step, { minLength: 1, maxLength: maxSteps }),
  });
}
