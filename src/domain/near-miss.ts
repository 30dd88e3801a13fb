import { type Canonical, canonical, originalRange } from './canonical.ts';
import { visibleRange } from './invisible.ts';
import { finders, hasText, type MatchMethod, matchRule, type Place } from './match.ts';
import { type ComparisonBudget, NearestWindow, newComparisonBudget } from './nearest-window.ts';
import { isBoundary } from './text.ts';

/** How the nearest trigger misses a message, from a message without text to a text that differs. */
export const nearMissReasons = [
  'no_text',
  'no_triggers',
  'case',
  'inside_word',
  'not_at_start',
  'not_whole',
  'different',
  'nothing_like_it',
] as const;
export type NearMissReason = (typeof nearMissReasons)[number];

/** Why no trigger of an action matches a message, shown with the trigger that comes nearest. */
export interface NearMiss {
  reason: NearMissReason;
  /** The nearest trigger as it is stored; where the message has nothing like it, the first one. */
  trigger: string | null;
  /**
   * The character of the message, counted from 1, where the trigger or the first difference is; null where there
   * is none. After the end of the message it is one more than its length.
   */
  position: number | null;
  /** What the trigger has there; null where nothing else is expected. */
  expected: string | null;
  /** What the message has there; null at its end. */
  found: string | null;
  /** The character before the trigger that is no delimiter; null where the trigger begins a word. */
  before: string | null;
  /** The character after the trigger that is no delimiter; null where the trigger ends a word. */
  after: string | null;
  /** Whether the trigger is there only if case is ignored. */
  caseDiffers: boolean;
  /** How many characters have to change in the part of the message that is nearest; null where nothing is near. */
  distance: number | null;
}

/** A text in the form in which it is compared. */
interface Comparable {
  original: string;
  source: Canonical;
  /** Where `text` begins in the source. */
  start: number;
  text: string;
}

const nothing: Omit<NearMiss, 'reason'> = {
  trigger: null,
  position: null,
  expected: null,
  found: null,
  before: null,
  after: null,
  caseDiffers: false,
  distance: null,
};

/**
 * Why none of an action's triggers matches a message. Null if one of them does, exactly as `matchMessage` decides.
 *
 * @param budget bounds the cost: with very many long triggers, not every part of a long message is compared
 * @throws a `TypeError` for an unknown method
 * @example nearMiss({ method: 'contains', triggers: ['hello'] }, 'hello!')?.after // '!', which is no delimiter
 */
export function nearMiss(
  { method, triggers }: { method: MatchMethod; triggers: readonly string[] },
  body: string | null,
  budget = newComparisonBudget(),
): NearMiss | null {
  const { place, caseless } = matchRule(method);
  if (!hasText(body)) return { ...nothing, reason: 'no_text' };
  if (place === null) return null;
  const { message, all } = formsOf(triggers, body, caseless);
  if (firstMatch(place, message, all)) return null;
  if (all.length === 0) return { ...nothing, reason: 'no_triggers' };
  const found = misplaced(place, message, all);
  if (caseless) return found ?? different(place, { message, all }, budget);
  const folded = formsOf(triggers, body, true);
  const onlyCase = differentCase(place, folded);
  if (onlyCase || found) return onlyCase ?? found ?? null;
  const misplacedFolded = misplaced(place, folded.message, folded.all);
  return misplacedFolded
    ? { ...misplacedFolded, caseDiffers: true }
    : different(place, { message, all }, budget);
}

/** A message and the triggers that are not empty. */
interface Forms {
  message: Comparable;
  all: Comparable[];
}

const formsOf = (triggers: readonly string[], body: string, caseless: boolean): Forms => ({
  message: comparableOf(body, caseless),
  all: triggers.map((trigger) => comparableOf(trigger, caseless)).filter(({ text }) => text !== ''),
});

function comparableOf(original: string, caseless: boolean): Comparable {
  const source = canonical(original, caseless);
  const { start, end } = visibleRange(source.text);
  return { original, source, start, text: source.text.slice(start, end) };
}

const firstMatch = (place: Place, { text }: Comparable, all: readonly Comparable[]): Comparable | undefined =>
  all.find((trigger) => finders[place](text, trigger.text) !== -1);

/** A trigger that matches if case is ignored. */
function differentCase(place: Place, { message, all }: Forms): NearMiss | undefined {
  const trigger = firstMatch(place, message, all);
  if (trigger === undefined) return undefined;
  const start = finders[place](message.text, trigger.text);
  return {
    ...nothing,
    reason: 'case',
    trigger: trigger.original,
    position: positionOf(message, start),
    expected: trigger.original,
    found: originalOf(message, start, start + trigger.text.length),
    caseDiffers: true,
    distance: 0,
  };
}

/** The longest trigger that is in the message, but in a place where its method does not accept it. */
function misplaced(place: Place, message: Comparable, all: readonly Comparable[]): NearMiss | undefined {
  const [trigger] = all
    .filter(({ text }) => message.text.includes(text))
    .sort((one, other) => other.text.length - one.text.length);
  if (trigger === undefined) return undefined;
  const start = bestOccurrence(place, message.text, trigger.text);
  const there = {
    ...nothing,
    trigger: trigger.original,
    position: positionOf(message, start),
    found: originalOf(message, start, start + trigger.text.length),
    distance: 0,
  };
  if (place === 'whole') return { ...there, reason: 'not_whole' };
  if (place === 'start' && start > 0) return { ...there, reason: 'not_at_start' };
  const end = start + trigger.text.length;
  const before = isBoundary(message.text, start - 1) ? null : characterAt(message, start - 1);
  const after = isBoundary(message.text, end) ? null : characterAt(message, end);
  return { ...there, reason: 'inside_word', before, after };
}

/** The first occurrence with a word boundary on one side; otherwise the first one. */
function bestOccurrence(place: Place, text: string, trigger: string): number {
  const first = text.indexOf(trigger);
  if (place !== 'word') return first;
  for (let start = first; start !== -1; start = text.indexOf(trigger, start + 1)) {
    if (isBoundary(text, start - 1) || isBoundary(text, start + trigger.length)) return start;
  }
  return first;
}

/** The trigger that is most like a part of the message, and the first character that differs. */
function different(place: Place, { message, all }: Forms, budget: ComparisonBudget): NearMiss {
  const texts = all.map(({ text }) => text);
  const nearest = new NearestWindow(place, message.text, budget).find(texts);
  const trigger = all[nearest?.index ?? 0];
  if (trigger === undefined || nearest === undefined)
    return { ...nothing, reason: 'nothing_like_it', trigger: trigger?.original ?? null };
  const same = commonStart(trigger.text, message.text.slice(nearest.start));
  const at = nearest.start + same;
  return {
    ...nothing,
    reason: 'different',
    trigger: trigger.original,
    position: positionOf(message, at),
    expected: characterAt(trigger, same),
    found: characterAt(message, at),
    distance: nearest.distance,
  };
}

/** How many code units two texts have in common at their start, without half of a surrogate pair. */
function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  const isHalf = length > 0 && (one.codePointAt(length - 1) ?? 0) > 0xffff;
  return isHalf ? length - 1 : length;
}

/** The character that a code unit of the comparable text belongs to, as it was written; null after the end. */
function characterAt(text: Comparable, index: number): string | null {
  if (index >= text.text.length) return null;
  const isSecondHalf = index > 0 && (text.text.codePointAt(index - 1) ?? 0) > 0xffff;
  const start = isSecondHalf ? index - 1 : index;
  const size = (text.text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1;
  return originalOf(text, start, start + size);
}

/** A part of a text as it was written: `:smile:` where the comparable text has 😄. */
function originalOf({ original, source, start: offset }: Comparable, start: number, end: number): string {
  const range = originalRange(source, offset + start, offset + end);
  return original.slice(range.start, range.end);
}

/** Which character of the original a code unit of the comparable text is, counted from 1. */
function positionOf({ original, source, start: offset }: Comparable, index: number): number {
  const unit = source.origins?.[offset + index] ?? offset + index;
  return [...original.slice(0, unit)].length + 1;
}
