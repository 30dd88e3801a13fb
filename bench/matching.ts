/**
 * What a message costs with few and with many triggers, in one process, so that the ratios mean something.
 *
 * `npm run bench -- matching`
 */

import { type MatchMethod, matchMessage, matchMethods } from '../src/domain/match.ts';
import { type IndexedTriggers, TriggerIndex } from '../src/domain/trigger-index.ts';

const sizes = [10, 1_000, 100_000];
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

/** The same numbers in every run (Lehmer). */
function randomNumbers(): (below: number) => number {
  let seed = 42;
  return (below) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
}

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

const show = (value: number): string => value.toPrecision(3).padStart(9);

/** The loop that the index replaces: every trigger of every action against the message. */
function naiveMatches(entries: readonly IndexedTriggers<number>[], body: string): number {
  return entries.filter(({ method, triggers }) =>
    triggers.some((trigger) => matchMessage(method, trigger, body)),
  ).length;
}

interface Measured {
  build: number;
  message: number;
  fired: number;
  megabytes: number;
}

const usedMemory = (): number => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
};

function measure(entries: readonly IndexedTriggers<number>[]): Measured {
  const build = microseconds(1, () => new TriggerIndex(entries), 3);
  const before = usedMemory();
  const index = new TriggerIndex(entries);
  const megabytes = usedMemory() - before;
  let fired = 0;
  const round = () => {
    fired = messages.reduce((sum, body) => sum + index.match(body).length, 0);
  };
  return { build, message: microseconds(messages.length, round), fired: fired / messages.length, megabytes };
}

function report(title: string, methodOf: (action: number) => MatchMethod): void {
  console.log(`\n${title}`);
  console.log(' triggers   µs/message  ratio   fired/message   build ms   megabytes   naive/index');
  let smallest: number | undefined;
  for (const size of sizes) {
    const entries = actions(size, methodOf);
    const { build, message, fired, megabytes } = measure(entries);
    smallest ??= message;
    const sample = messages.slice(0, Math.max(2, 2_000 / size));
    const naive = microseconds(sample.length, () => sample.map((body) => naiveMatches(entries, body)), 2);
    const cells = [message, message / smallest, fired, build / 1_000, megabytes, naive / message].map(show);
    console.log(`${String(size).padStart(9)} ${cells.join('   ')}`);
  }
}

report('All eight methods with triggers, in turn', (action) => methods[action % methods.length] ?? 'exact');
for (const method of methods) report(method, () => method);
