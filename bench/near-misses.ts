/**
 * How long it takes to find which of 1,000 triggers comes nearest to a message of 5,000 characters that matches none.
 *
 * `npm run bench -- near-misses`
 */

import type { MatchMethod } from '../src/domain/match.ts';
import { nearMiss } from '../src/domain/near-miss.ts';
import { table } from './support/figures.ts';
import { randomNumbers } from './support/random-numbers.ts';

const triggerCount = 1_000;
const messageLength = 5_000;

const random = randomNumbers();
const word = (letters: string): string =>
  Array.from({ length: 3 + random(7) }, () => letters[random(letters.length)]).join('');

/** A text of about this length, of words with these letters. */
function text(length: number, letters: string): string {
  let result = word(letters);
  while (result.length < length) result += ` ${word(letters)}`;
  return result.slice(0, length).trim();
}

const triggersOf = (trigger: (index: number) => string): string[] =>
  Array.from({ length: triggerCount }, (_, index) => trigger(index));

const message = text(messageLength, 'abcdefghijklm');

/** Triggers and a message that none of them matches. */
const cases: Record<string, { triggers: string[]; body: string }> = {
  'words like those of the message': {
    triggers: triggersOf(() => `${word('abcdefghijklm')}q`),
    body: message,
  },
  'words of other letters': { triggers: triggersOf(() => word('nopqrstuvwxyz')), body: message },
  'sentences of 100 characters': { triggers: triggersOf(() => text(100, 'abcdefghijklmn')), body: message },
  'as long as the message': { triggers: triggersOf(() => text(4_900, 'abcdefghijklmn')), body: message },
  'one to 1,000 times one word': {
    triggers: triggersOf((index) => `${'a '.repeat(index + 1)}b`),
    body: 'a '.repeat(messageLength / 2),
  },
};

const methods: MatchMethod[] = ['contains', 'contains:any:caseless', 'starts:with', 'exact'];

/** Milliseconds of one call, the best of several. */
function milliseconds(method: MatchMethod, { triggers, body }: { triggers: string[]; body: string }): number {
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now();
    if (nearMiss({ method, triggers }, body) === null) throw new Error('A trigger matches.');
    return performance.now() - started;
  });
  return Math.min(...times);
}

console.log('Milliseconds for a message.\n');
console.log(
  table([
    ['triggers', ...methods],
    ...Object.entries(cases).map(([name, each]) => [
      name,
      ...methods.map((method) => milliseconds(method, each).toFixed(0)),
    ]),
  ]),
);
