/**
 * Microseconds it takes to see whether a run left its worker clean. Asked for: less than 50.
 *
 * `npm run bench -- cleanliness`
 */

import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import * as authors from 'messenger-bots';
import { handlerEnvironment } from '../src/config/handler-environment.ts';
import { configSchema } from '../src/config/schema.ts';
import { Cleanliness } from '../src/sandbox/cleanliness.ts';

const rounds = 3_000;
const checks = 5;

const milliseconds = (begun: number): string => (performance.now() - begun).toFixed(1);

const sorted = (times: readonly number[]): number[] => [...times].sort((one, other) => one - other);

async function measure(): Promise<void> {
  let begun = performance.now();
  const cleanliness = new Cleanliness({ 'messenger-bots': { ...authors } });
  console.log(`made in ${milliseconds(begun)} ms`);
  begun = performance.now();
  cleanliness.remember();
  console.log(`remembered in ${milliseconds(begun)} ms`);
  const early: number[] = [];
  for (let check = 0; check < 20; check++) early.push(await timeOf(cleanliness, 1));
  const [first = 0] = early;
  console.log(`the first check ${first.toFixed(0)} µs, the 20th ${early.at(-1)?.toFixed(0)} µs`);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    times.push(await timeOf(cleanliness, checks));
    await turn();
  }
  const [best = 0, ...more] = sorted(times);
  console.log(
    `a check ${best.toFixed(1)} µs at best, ${more[more.length >> 1]?.toFixed(1)} µs at the median`,
  );
}

/** Microseconds a check, of so many one after the other. */
async function timeOf(cleanliness: Cleanliness, count: number): Promise<number> {
  const begun = performance.now();
  for (let check = 0; check < count; check++) {
    const found = await cleanliness.check();
    if (found) throw new Error(`not clean: ${found.phrase}`);
  }
  return ((performance.now() - begun) * 1000) / count;
}

if (process.argv[2] === 'inside') await measure();
else {
  const env = handlerEnvironment(configSchema.parse({}));
  new Worker(new URL(import.meta.url), { argv: ['inside'], env });
}
