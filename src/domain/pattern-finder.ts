import { Automaton } from './automaton.ts';
import type { Place } from './match.ts';
import { isBoundary } from './text.ts';
import { NONE, Trie } from './trie.ts';

/** Calls `found` once with the number of every pattern that matches `text` in its place. */
export type PatternFinder = (text: string, found: (pattern: number) => void) => void;

/** The patterns that end at one position and have not been found yet. */
class Remaining {
  readonly #automaton: Automaton;
  /**
   * For each found pattern, the next shorter one. Chains of found patterns are shortened as they are walked.
   */
  readonly #behind = new Map<number, number>();

  constructor(automaton: Automaton) {
    this.#automaton = automaton;
  }

  /** The first of `pattern` and its shorter ones that has not been found yet, or `NONE`. */
  from(pattern: number): number {
    let first = pattern;
    for (let next = this.#behind.get(first); next !== undefined; next = this.#behind.get(first)) first = next;
    for (let walked = pattern; walked !== first; ) {
      const next = this.#behind.get(walked) ?? first;
      this.#behind.set(walked, first);
      walked = next;
    }
    return first;
  }

  after(pattern: number): number {
    return this.from(this.#automaton.shorter(pattern));
  }

  remove(pattern: number): void {
    this.#behind.set(pattern, this.#automaton.shorter(pattern));
  }
}

/** Finds patterns with the automaton, only where `mayEnd` and `mayStart` allow it. */
function automatonFinder(
  patterns: readonly string[],
  mayEnd: (text: string, end: number) => boolean,
  mayStart: (text: string, start: number) => boolean,
): PatternFinder {
  const automaton = new Automaton(patterns);
  const lengths = Uint32Array.from(patterns, (pattern) => pattern.length);
  return (text, found) => {
    const remaining = new Remaining(automaton);
    automaton.walk(text, (longest, end) => {
      if (!mayEnd(text, end)) return;
      for (let pattern = remaining.from(longest); pattern !== NONE; pattern = remaining.after(pattern)) {
        if (!mayStart(text, end - (lengths[pattern] ?? 0))) continue;
        remaining.remove(pattern);
        found(pattern);
      }
    });
  };
}

function wholeFinder(patterns: readonly string[]): PatternFinder {
  const numbers = new Map(patterns.map((pattern, number) => [pattern, number]));
  return (text, found) => {
    const pattern = numbers.get(text);
    if (pattern !== undefined) found(pattern);
  };
}

function startFinder(patterns: readonly string[]): PatternFinder {
  const trie = new Trie(patterns);
  return (text, found) => {
    let node = 0;
    for (let end = 1; end <= text.length; end++) {
      node = trie.child(node, text.charCodeAt(end - 1));
      if (node === NONE) return;
      const pattern = trie.ending[node] ?? NONE;
      if (pattern !== NONE && isBoundary(text, end)) found(pattern);
    }
  };
}

const always = (): boolean => true;

/**
 * How to find the patterns of each place; the results equal those of `matchMessage` for each pattern.
 * `patterns`: canonical, trimmed, distinct, not empty, in the default order of `sort()`.
 */
export const patternFinders: Readonly<Record<Place, (patterns: readonly string[]) => PatternFinder>> = {
  word: (patterns) => automatonFinder(patterns, isBoundary, (text, start) => isBoundary(text, start - 1)),
  anywhere: (patterns) => automatonFinder(patterns, always, always),
  whole: wholeFinder,
  start: startFinder,
};
