import { type Canonical, canonical, originalRange } from './canonical.ts';
import { trimInvisible, visibleRange } from './invisible.ts';
import { isBoundary, trim, withoutSelectors } from './text.ts';

/** The nine ways in which a trigger can match a message; `matchDescriptions` explains each. */
export const matchMethods = [
  'any',
  'contains',
  'contains:caseless',
  'contains:any',
  'contains:any:caseless',
  'exact',
  'exact:caseless',
  'starts:with',
  'starts:with:caseless',
] as const;

/** The name of a match method. */
export type MatchMethod = (typeof matchMethods)[number];

/**
 * What each match method means, for people who choose one. The wording is the original's, which its clients
 * show.
 *
 * @example matchDescriptions.exact // 'The trigger must match the message exactly.'
 */
export const matchDescriptions: Readonly<Record<MatchMethod, string>> = {
  any: 'The action will be triggered for any message sent.',
  contains: 'The trigger can be anywhere within a message. Cannot be part of or inside another word.',
  'contains:caseless': 'Same as "contains", but is case-insensitive.',
  'contains:any': 'The trigger can be anywhere within a message, including inside another word.',
  'contains:any:caseless': 'Same as "contains any", but is case-insensitive.',
  exact: 'The trigger must match the message exactly.',
  'exact:caseless': 'Same as "exact", but is case-insensitive.',
  'starts:with':
    'The trigger must be the lead phrase within the message. Cannot be part of or inside another word.',
  'starts:with:caseless': 'Same as "starts with", but is case-insensitive.',
};

/** Where in a message a trigger must stand. */
export type Place = 'word' | 'anywhere' | 'whole' | 'start';

/** The rule of a method. `place` is null for `any`, which has no triggers. */
interface MatchRule {
  place: Place | null;
  caseless: boolean;
}

const matchRules: Readonly<Record<MatchMethod, MatchRule>> = {
  any: { place: null, caseless: false },
  contains: { place: 'word', caseless: false },
  'contains:caseless': { place: 'word', caseless: true },
  'contains:any': { place: 'anywhere', caseless: false },
  'contains:any:caseless': { place: 'anywhere', caseless: true },
  exact: { place: 'whole', caseless: false },
  'exact:caseless': { place: 'whole', caseless: true },
  'starts:with': { place: 'start', caseless: false },
  'starts:with:caseless': { place: 'start', caseless: true },
};

/** Return where the trigger begins, or -1. Both are trimmed and canonical; the trigger is not empty. */
export const finders: Readonly<Record<Place, (body: string, trigger: string) => number>> = {
  word: findWord,
  anywhere: (body, trigger) => body.indexOf(trigger),
  whole: (body, trigger) => (body === trigger ? 0 : -1),
  start: (body, trigger) => (body.startsWith(trigger) && isBoundary(body, trigger.length) ? 0 : -1),
};

function findWord(body: string, trigger: string): number {
  for (let start = body.indexOf(trigger); start !== -1; start = body.indexOf(trigger, start + 1)) {
    if (isBoundary(body, start - 1) && isBoundary(body, start + trigger.length)) return start;
  }
  return -1;
}

/** Whether a value is one of the nine method names. */
export function isMatchMethod(value: unknown): value is MatchMethod {
  return matchMethods.some((method) => method === value);
}

/** Returns the rule of a method. Throws a `TypeError` that lists the valid names for an unknown method. */
export function matchRule(method: MatchMethod): MatchRule {
  if (isMatchMethod(method)) return matchRules[method];
  throw new TypeError(`Unknown match method "${method}". Use one of: ${matchMethods.join(', ')}.`);
}

/** Whether a message has any text to match, which is all that `any` requires. */
export function hasText(body: string | null): body is string {
  return body !== null && trim(body) !== '';
}

/**
 * The form in which messages and triggers are compared, without white space and invisible characters at the
 * ends. A trigger that is empty afterwards matches nothing.
 */
export function comparable(text: string, caseless: boolean): string {
  return trimInvisible(canonical(text, caseless).text);
}

function rangeIn(body: Canonical, trigger: string, place: Place): { start: number; end: number } | null {
  const { start, end } = visibleRange(body.text);
  const found = trigger === '' ? -1 : finders[place](body.text.slice(start, end), trigger);
  return found === -1 ? null : originalRange(body, start + found, start + found + trigger.length);
}

/**
 * Finds the first match of a trigger, in code units of the original message.
 *
 * Returns null if there is none, and `{ start: 0, end: 0 }` for `any`, which matches no particular part.
 * Throws a `TypeError` for an unknown method.
 *
 * @example findTrigger('contains', 'hi', 'this, hi') // { start: 6, end: 8 }
 */
export function findTrigger(
  method: MatchMethod,
  trigger: string | null,
  body: string | null,
): { start: number; end: number } | null {
  const { place, caseless } = matchRule(method);
  if (!hasText(body)) return null;
  if (place === null) return { start: 0, end: 0 };
  return rangeIn(canonical(body, caseless), comparable(trigger ?? '', caseless), place);
}

/**
 * Whether a message fires a trigger.
 *
 * The trigger is literal text, never a pattern. White space and invisible characters at the ends are ignored.
 * An emoji and its `:shortcode:` are equal. A message without text (null or blank) matches nothing. With
 * `any` the trigger is ignored. Throws a `TypeError` that lists the valid names for an unknown method.
 *
 * @example matchMessage('contains', 'hello', 'oh, hello there') // true
 * @example matchMessage('contains', 'hello', 'hello!') // false: `!` does not end a word
 */
export function matchMessage(method: MatchMethod, trigger: string, body: string | null): boolean {
  return findTrigger(method, trigger, body) !== null;
}

/**
 * Removes the matched occurrence of the trigger from a message and trims the rest; null if nothing is left.
 *
 * Returns the whole message with `any` or without a match. Throws a `TypeError` for an unknown method.
 *
 * @example withoutTrigger('starts:with', '!roll', '!roll 2d6') // '2d6'
 */
export function withoutTrigger(method: MatchMethod, trigger: string | null, body: string): string | null {
  const range = findTrigger(method, trigger, body) ?? { start: 0, end: 0 };
  const rest = trimInvisible(body.slice(0, range.start) + body.slice(range.end));
  return withoutSelectors(rest) === '' ? null : rest;
}
