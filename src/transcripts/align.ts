import { emojiOf } from '../domain/emoji.ts';
import type { Observed } from './observed.ts';
import { readPattern } from './text-pattern.ts';
import type { Line, Step } from './transcript.ts';

/** What a transcript expects of bots between two things that people do. */
export type Expectation = Line | Extract<Step, { kind: 'anything' }>;

/** An expectation, what was found, or both where they belong together. */
export interface Pair {
  expected?: Line | undefined;
  found?: Observed | undefined;
}

/** An alignment, with how many of its entries stand alone and how many belong together. */
interface Alignment {
  alone: number;
  together: number;
  pairs: readonly Pair[];
  rest: Alignment | undefined;
}

/**
 * Puts what is expected beside what was found, in order, so that as few as possible stand alone. What `…` covers is
 * left out.
 */
export function align(expected: readonly Expectation[], found: readonly Observed[]): Pair[] {
  const end: Alignment = { alone: 0, together: 0, pairs: [], rest: undefined };
  // Row by row from the end: best[at] aligns expected[row…] with found[at…].
  let below: Alignment[] = [];
  for (let row = expected.length; row >= 0; row--) {
    const best: Alignment[] = [];
    for (let at = found.length; at >= 0; at--) {
      const choices = choicesAt(expected[row], found[at], {
        withoutExpected: below[at],
        withoutFound: best[at + 1],
        withoutBoth: below[at + 1],
      });
      best[at] = choices.reduce(better, choices[0] ?? end);
    }
    below = best;
  }
  return pairsOf(below[0]);
}

const better = (one: Alignment, other: Alignment): Alignment =>
  other.alone < one.alone || (other.alone === one.alone && other.together > one.together) ? other : one;

interface Rests {
  withoutExpected: Alignment | undefined;
  withoutFound: Alignment | undefined;
  withoutBoth: Alignment | undefined;
}

/** The ways to go on with an expectation and something found, each undefined at its end. The first of the best wins. */
function choicesAt(
  expected: Expectation | undefined,
  found: Observed | undefined,
  { withoutExpected, withoutFound, withoutBoth }: Rests,
): Alignment[] {
  const choices: Alignment[] = [];
  const add = (rest: Alignment | undefined, pair?: Pair) => {
    if (rest === undefined) return;
    const isTogether = pair?.expected !== undefined && pair.found !== undefined;
    const alone = rest.alone + (pair && !isTogether ? 1 : 0);
    choices.push({ alone, together: rest.together + (isTogether ? 1 : 0), pairs: pair ? [pair] : [], rest });
  };
  if (expected?.kind === 'anything') {
    add(withoutExpected);
    add(withoutFound);
    return choices;
  }
  if (expected && found && isExpected(expected, found)) add(withoutBoth, { expected, found });
  if (expected) add(withoutExpected, { expected });
  if (found) add(withoutFound, { found });
  return choices;
}

function pairsOf(alignment: Alignment | undefined): Pair[] {
  const pairs: Pair[] = [];
  for (let at = alignment; at; at = at.rest) pairs.push(...at.pairs);
  return pairs;
}

/** Whether something is what a line expects. Reactions may be written as emoji or as their short codes. */
function isExpected({ who, verb, text, to }: Line, found: Observed): boolean {
  if (who !== found.bot || verb !== found.verb) return false;
  const written = verb === 'reacts' ? (emojiOf(text) ?? text) : text;
  if (!readPattern(written)(found.text)) return false;
  return to === undefined || (found.to !== undefined && readPattern(to)(found.to));
}
