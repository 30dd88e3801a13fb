/**
 * How long it takes to match a message with few and with many triggers. Beside it runs the least that this costs,
 * reading each character of the message once, and what it replaces, trying each trigger.
 *
 * `npm run bench -- matching`
 */

import { type MatchMethod, matchMessage, matchMethods } from '../src/domain/match.ts';
import { type IndexedTriggers, TriggerIndex } from '../src/domain/trigger-index.ts';
import { table } from './support/figures.ts';
import { randomNumbers } from './support/random-numbers.ts';

const largest = 100_000;
const sizes = [10, 1_000, largest];
const methods = matchMethods.filter((method) => method !== 'any');
const syllables = [
  'ka',
  'lo',
  'mi',
  'ner',
  'tu',
  'sha',
  'vel',
  'Dro',
  'pi',
  'zu',
  'hal',
  'wen',
  'ço',
  'Ял',
  'ры',
  '猫',
];

const random = randomNumbers();
const word = (): string =>
  Array.from({ length: 2 + random(4) }, () => syllables[random(syllables.length)]).join('');

/** Triggers that messages come close to: real words with a number behind, one in ten of two words. */
const nearMiss = (): string => `${word()}${random(10) === 0 ? ` ${word()}` : ''}${random(1_000_000)}`;

/** Actions with one trigger each. The first ten have words that messages use, so that some fire at any size. */
function actions(triggers: number, methodOf: (action: number) => MatchMethod): IndexedTriggers<number>[] {
  return Array.from({ length: triggers }, (_, item) => ({
    item,
    method: methodOf(item),
    triggers: [common[item] ?? nearMiss()],
  }));
}

const common = Array.from({ length: 10 }, word);
const anyWord = (): string => (random(20) === 0 ? (common[random(10)] ?? '') : word());
const messages = Array.from({ length: 1_000 }, () =>
  Array.from({ length: 3 + random(20) }, anyWord).join(' '),
);

/** Microseconds of one call, the best of several rounds; the first rounds warm up. */
function microseconds(calls: number, round: () => void, rounds = 7): number {
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    round();
    return ((performance.now() - started) * 1_000) / calls;
  });
  return Math.min(...times);
}

/** Reads each character. */
function readAll(body: string): number {
  let sum = 0;
  for (let at = 0; at < body.length; at++) sum += body.charCodeAt(at);
  return sum;
}

/** The loop that the index replaces: every trigger of every action against the message. */
function naiveMatches(entries: readonly IndexedTriggers<number>[], body: string): number {
  return entries.filter(({ method, triggers }) =>
    triggers.some((trigger) => matchMessage(method, trigger, body)),
  ).length;
}

const usedMemory = (): number => {
  // What is collected first may hold what is collected next.
  for (let time = 0; time < 3; time++) globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
};

/** Microseconds of a message, and what the index takes to build. */
function measure(entries: readonly IndexedTriggers<number>[]) {
  const build = microseconds(1, () => new TriggerIndex(entries), 2) / 1_000;
  const before = usedMemory();
  const index = new TriggerIndex(entries);
  const megabytes = usedMemory() - before;
  const message = microseconds(messages.length, () => messages.map((body) => index.match(body)));
  return { build, megabytes, message };
}

function rowOf(title: string, methodOf: (action: number) => MatchMethod): string[] {
  const [few, some, many] = sizes.map((size) => measure(actions(size, methodOf)));
  if (few === undefined || some === undefined || many === undefined)
    throw new Error('There are three sizes.');
  const reading = microseconds(messages.length, () => messages.map(readAll));
  const [sample, entries] = [messages.slice(0, 2), actions(largest, methodOf)];
  const trying = microseconds(sample.length, () => sample.map((body) => naiveMatches(entries, body)), 2);
  const ratios = [many.message / few.message, many.message / reading, trying / many.message];
  const costs = [few.message, some.message, many.message].map((value) => value.toFixed(2));
  return [
    title,
    ...costs,
    ...ratios.map((value) => value.toFixed(1)),
    many.build.toFixed(0),
    many.megabytes.toFixed(0),
  ];
}

const heads = [
  '10 triggers',
  '1,000',
  '100,000',
  'beside 10',
  'beside reading',
  'trying beside it',
  'build',
  'memory',
];
console.log(
  'Microseconds of a message; then, with 100,000 triggers, ratios, ms to build and MB of the index.\n',
);
console.log(
  table([
    ['match method', ...heads],
    rowOf('all in turn', (action) => methods[action % methods.length] ?? 'exact'),
    ...methods.map((method) => rowOf(method, () => method)),
  ]),
);
