/**
 * How long it takes to see whether a run has left its worker clean. Beside it, in turns, runs the least that this
 * costs: comparing as many values that lie in an array.
 *
 * `npm run bench -- cleanliness`
 */

import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import * as authors from 'messenger-bots';
import { handlerEnvironment } from '../src/config/handler-environment.ts';
import { configSchema } from '../src/config/schema.ts';
import { Cleanliness } from '../src/sandbox/cleanliness.ts';
import { watchedObjects } from '../src/sandbox/watched-objects.ts';
import { median, table } from './support/figures.ts';

const rounds = 3_000;
const checks = 5;

const ours = { 'messenger-bots': { ...authors } };

/** The values of all properties that a check watches. */
const watchedValues = (): unknown[] =>
  watchedObjects(ours).flatMap(({ object }) =>
    Reflect.ownKeys(object).map((key) => Object.getOwnPropertyDescriptor(object, key)?.value),
  );

/** Microseconds of one of several pieces of work. */
async function timeOf(work: () => unknown, count: number): Promise<number> {
  const begun = performance.now();
  for (let number = 0; number < count; number++) await work();
  return ((performance.now() - begun) * 1_000) / count;
}

async function measure(): Promise<void> {
  const [values, same] = [watchedValues(), watchedValues()];
  const cleanliness = new Cleanliness(ours);
  cleanliness.remember();
  const check = async () => {
    const found = await cleanliness.check();
    if (found) throw new Error(`not clean: ${found.phrase}`);
  };
  const compare = () => {
    for (let index = 0; index < values.length; index++) {
      if (!Object.is(values[index], same[index])) throw new Error('A value has changed.');
    }
  };
  const first = await timeOf(check, 1);
  const times: Record<'check' | 'compare', number[]> = { check: [], compare: [] };
  for (let round = 0; round < rounds; round++) {
    times.check.push(await timeOf(check, checks));
    times.compare.push(await timeOf(compare, checks));
    await turn();
  }
  const [checking, comparing] = [median(times.check), median(times.compare)];
  const microseconds = (value: number) => `${value.toFixed(1)} µs`;
  console.log(
    table([
      ['', 'measured', 'aim'],
      ['a check, median', microseconds(checking), '50 µs'],
      ['a check at best', microseconds(Math.min(...times.check)), ''],
      ['the first check in a worker', microseconds(first), ''],
      [`comparing ${values.length} values, median`, microseconds(comparing), ''],
      ['a check beside comparing', (checking / comparing).toFixed(1), ''],
    ]),
  );
}

if (process.argv[2] === 'inside') await measure();
else {
  const env = handlerEnvironment(configSchema.parse({}));
  new Worker(new URL(import.meta.url), { argv: ['inside'], env });
}
