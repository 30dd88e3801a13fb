import { distance } from 'fastest-levenshtein';
import type { Place } from './match.ts';
import { isBoundary } from './text.ts';

/** A part of a message. */
interface Window {
  start: number;
  text: string;
}

/** The part of a message that is most like one of several triggers. */
interface Nearest {
  /** The position of the trigger in the list. */
  index: number;
  /** Where the part begins. */
  start: number;
  /** Null if the part is not much like the trigger. */
  distance: number | null;
}

/** How much comparing may still cost. Share one for a message that many actions did not match. */
export interface ComparisonBudget {
  left: number;
}

/** What comparing may cost for one message. A slow machine takes about 200 milliseconds for it. */
export const newComparisonBudget = (): ComparisonBudget => ({ left: 8_000_000 });

/** The product of the lengths, since 32 characters are compared at once, and what each call costs. */
const costOf = (one: string, other: string): number =>
  10 + one.length + other.length + (one.length * other.length) / 32;

/** How many characters may differ in a text that still resembles a trigger: a third, and one in two. */
const maxDistance = (trigger: string): number => Math.floor((trigger.length + 1) / 3);

/**
 * Finds the part of a message that is most like a trigger: the whole message, its beginning, or as many of its words as
 * the trigger has. Texts are compared in code units.
 */
export class NearestWindow {
  readonly #place: Place;
  readonly #text: string;
  readonly #words: Array<{ start: number; end: number }>;
  readonly #windows = new Map<number, Window[]>();
  readonly #budget: ComparisonBudget;

  /** @param text trimmed and canonical */
  constructor(place: Place, text: string, budget: ComparisonBudget) {
    this.#place = place;
    this.#text = text;
    this.#budget = budget;
    this.#words = wordsOf(text);
  }

  /**
   * The nearest part and its trigger. Undefined if no part resembles a trigger; where a trigger can stand in one place
   * only, that place is returned even then, with the trigger that has most of its start there.
   */
  find(triggers: readonly string[]): Nearest | undefined {
    let best: (Nearest & { share: number }) | undefined;
    for (const [index, trigger] of triggers.entries()) {
      for (const { start, text } of this.#windowsFor(trigger)) {
        const found = this.#compare(trigger, text);
        const share = found === null ? Number.POSITIVE_INFINITY : found / trigger.length;
        if (found !== null && share < (best?.share ?? Number.POSITIVE_INFINITY))
          best = { index, start, distance: found, share };
      }
    }
    return best ?? this.#onlyPlace(triggers);
  }

  /** How many characters differ; null if too many do, or if the comparisons have cost too much. */
  #compare(trigger: string, text: string): number | null {
    const limit = maxDistance(trigger);
    if (Math.abs(trigger.length - text.length) > limit) return null;
    this.#budget.left -= costOf(trigger, text);
    if (this.#budget.left < 0) return null;
    const found = distance(trigger, text);
    return found <= limit ? found : null;
  }

  #windowsFor(trigger: string): Window[] {
    if (this.#place === 'whole') return [{ start: 0, text: this.#text }];
    const count = Math.max(1, wordsOf(trigger).length);
    if (this.#place === 'start')
      return [{ start: 0, text: this.#text.slice(0, this.#words[count - 1]?.end) }];
    const known = this.#windows.get(count) ?? this.#wordWindows(count);
    this.#windows.set(count, known);
    return known;
  }

  /** As many words in a row, each text only once. */
  #wordWindows(count: number): Window[] {
    const windows = new Map<string, Window>();
    for (const [index, { start }] of this.#words.entries()) {
      const text = this.#text.slice(start, this.#words[index + count - 1]?.end);
      this.#budget.left -= costOf(text, '');
      if (this.#budget.left < 0) break;
      if (!windows.has(text)) windows.set(text, { start, text });
    }
    return [...windows.values()];
  }

  #onlyPlace(triggers: readonly string[]): Nearest | undefined {
    if (this.#place !== 'whole' && this.#place !== 'start') return undefined;
    const shared = triggers.map((trigger) => sharedStart(trigger, this.#text));
    const longest = Math.max(...shared);
    return { index: shared.indexOf(longest), start: 0, distance: null };
  }
}

function sharedStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}

/** The words of a text: what is between delimiters. */
function wordsOf(text: string): Array<{ start: number; end: number }> {
  const words: Array<{ start: number; end: number }> = [];
  for (let start = 0; start < text.length; start++) {
    if (isBoundary(text, start)) continue;
    let end = start;
    while (!isBoundary(text, end)) end++;
    words.push({ start, end });
    start = end;
  }
  return words;
}
