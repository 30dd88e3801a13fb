import { messageOf } from '../base/errors.ts';
import { isRecord } from '../base/is-record.ts';
import { readPattern } from './text-pattern.ts';
import { type Line, type Step, type Verb, verbs, verbsWithoutText } from './transcript.ts';

/** A step before its place in the file is known. */
export type ReadStep = WithoutPlace<Step>;
type WithoutPlace<Placed> = Placed extends Step ? Omit<Placed, 'place'> : never;

const isVerb = (word: string): word is Verb => verbs.some((verb) => verb === word);

/** Reads an entry of `chat`; a sentence if it cannot be read. */
export function readStep(value: unknown): ReadStep | string {
  if (typeof value === 'string') return readWord(value);
  if (!isRecord(value)) return unreadable;
  const { to, ...fields } = value;
  const [entry, second] = Object.entries(fields);
  // Somebody may be called "to".
  if (entry === undefined) return to === undefined ? unreadable : readEntry('to', to, undefined);
  if (second === undefined) return readEntry(entry[0], entry[1], to);
  return readLongLine(fields, to);
}

const unreadable =
  'It must be somebody with what they say or do, like "alice: hi", "HelloBot reacts: 👋", "clock: +15m" or "silence:".';

function readWord(word: string): ReadStep | string {
  if (word === '…') return { kind: 'anything' };
  if (word === 'silence') return { kind: 'silence', reason: undefined };
  const [, who, verb = ''] = /^(.+) (\S+)$/s.exec(word) ?? [];
  return who !== undefined && isVerb(verb) && verbsWithoutText.has(verb)
    ? line(who, undefined, verb, '', undefined)
    : unreadable;
}

/** `alice: hi`, `HelloBot reacts: 👋`, `clock: +15m` or `silence: on cooldown`. */
function readEntry(key: string, text: unknown, to: unknown): ReadStep | string {
  if (key === 'clock' && to === undefined)
    return typeof text === 'string' && text !== ''
      ? { kind: 'clock', move: text }
      : 'It must be how far the clock is moved, like +15m, or until-idle.';
  if (key === 'silence' && to === undefined)
    return typeof text === 'string' ? { kind: 'silence', reason: text || undefined } : unreadable;
  const [, who, verb = ''] = /^(.+) (\S+)$/s.exec(key) ?? [];
  return who !== undefined && isVerb(verb)
    ? line(who, undefined, verb, text, to)
    : line(key, undefined, 'says', text, to);
}

/** `person: clock` with `says: hi`, for names that mean something else or that a person and a bot share. */
function readLongLine(fields: Record<string, unknown>, to: unknown): ReadStep | string {
  const { person, bot, ...rest } = fields;
  const [entry, ...others] = Object.entries(rest);
  const who = person ?? bot;
  const isOne = (person === undefined) !== (bot === undefined);
  if (!isOne || typeof who !== 'string' || entry === undefined || others.length > 0 || !isVerb(entry[0]))
    return unreadable;
  return line(who, person === undefined ? 'bot' : 'person', entry[0], entry[1], to);
}

function line(
  who: string,
  role: Line['role'],
  verb: Verb,
  text: unknown,
  to: unknown,
): WithoutPlace<Line> | string {
  if (typeof text !== 'string') return `What ${who} ${verb} must be a text. Put it in quotes.`;
  if (to !== undefined && typeof to !== 'string') return 'The value of "to:" must be a text.';
  if (who === '') return 'The name is missing.';
  const problem = patternProblem(text);
  if (problem !== undefined) return `${problem}. Write // for a text that begins with a slash.`;
  if (role === 'person' && verb !== 'says')
    return `Only a bot can have "${verb}". What people do is written as they type it: "alice: /react 👍".`;
  return { kind: 'line', who, role, verb, text, to };
}

/** Why a pattern cannot be read; undefined if it can. */
function patternProblem(written: string): string | undefined {
  try {
    readPattern(written);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
