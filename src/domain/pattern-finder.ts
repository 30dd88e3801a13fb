import { Automaton } from './automaton.ts';
import type { Place } from './match.ts';
import { isBoundary } from './text.ts';
import { NONE, Trie } from './trie.ts';

/** Calls `found` with the number of every pattern that stands in its place in `text`, each once. */
export type PatternFinder = (text: string, found: (pattern: number) => void) => void;

/** The patterns that end at one position, without those that were found before. */
class Remaining {
  readonly #automaton: Automaton;
  /** For each pattern found the next shorter one; a chain of found ones is cut short when it was walked. */
  readonly #behind = new Map<number, number>();

  constructor(automaton: Automaton) {
    this.#automaton = automaton;
  }

  /** The first of `pattern` and the shorter ones behind it that was not found yet, or `NONE`. */
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

/** Finds patterns by the automaton; only where `mayEnd` says so and `mayStart` agrees. */
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
 * How the patterns of one place are found; the same answers as `matchMessage` gives one by one.
 * `patterns`: canonical, trimmed, distinct, not empty, in the default order of `sort()`.
 */
export const patternFinders: Readonly<Record<Place, (patterns: readonly string[]) => PatternFinder>> = {
  word: (patterns) => automatonFinder(patterns, isBoundary, (text, start) => isBoundary(text, start - 1)),
  anywhere: (patterns) => automatonFinder(patterns, always, always),
  whole: wholeFinder,
  start: startFinder,
};
