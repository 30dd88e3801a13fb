import fc, { type Scheduler } from 'fast-check';
import { expect, test } from 'vitest';
import { MovableClock } from '../../src/base/clock.ts';
import type { JobWorker } from '../../src/queue/queue.ts';
import { type QueueBench, queueBackends } from '../support/queues.ts';

/** A job, and how often it fails before it is done. */
interface Planned {
  name: string;
  key: string;
  failures: number;
}

/** Some jobs in one transaction, which may fail in the end. */
interface Batch {
  stored: boolean;
  jobs: Planned[];
}

interface Plan {
  /** Stored before the queue starts, and while it works. */
  before: Batch[];
  meanwhile: Batch[];
  concurrency: number;
}

const maxAttempts = 5;

const jobs = fc.record({
  name: fc.uuid(),
  key: fc.constantFrom('a', 'b', 'c'),
  failures: fc.constantFrom(0, 0, 0, 0, 1, 2, maxAttempts - 1, maxAttempts),
});
const batches = fc.array(
  fc.record({ stored: fc.constantFrom(true, true, true, false), jobs: fc.array(jobs, { maxLength: 4 }) }),
  { maxLength: 5 },
);
const plans: fc.Arbitrary<Plan> = fc.record({
  before: batches,
  meanwhile: batches,
  concurrency: fc.integer({ min: 1, max: 4 }),
});

/** Everything that is to happen with the jobs of a key: attempt by attempt, each ended before the next begins. */
const expectedOf = ({ before, meanwhile }: Plan, key: string): string[] =>
  [...before, ...meanwhile]
    .filter((batch) => batch.stored)
    .flatMap((batch) => batch.jobs)
    .filter((job) => job.key === key)
    .flatMap(({ name, failures }) =>
      Array.from({ length: Math.min(failures + 1, maxAttempts) }, (_, index) => [
        `${name} starts for the ${index + 1}. time`,
        `${name} ${index < failures ? 'fails' : 'is done'}`,
      ]).flat(),
    );

/** Does planned jobs, each taking as long as the scheduler will, and writes down what happens with each key. */
class Recorder {
  readonly log: Record<string, string[]> = { a: [], b: [], c: [] };
  most = 0;
  #running = 0;
  readonly #scheduler: Scheduler;
  readonly #failures: ReadonlyMap<string, number>;

  constructor(scheduler: Scheduler, { before, meanwhile }: Plan) {
    this.#scheduler = scheduler;
    const all = [...before, ...meanwhile].flatMap((batch) => batch.jobs);
    this.#failures = new Map(all.map((job) => [job.name, job.failures]));
  }

  readonly worker: JobWorker = async ({ key, kind, attempts }) => {
    const log = this.log[key] ?? [];
    log.push(`${kind} starts for the ${attempts}. time`);
    this.most = Math.max(this.most, ++this.#running);
    await this.#scheduler.schedule(Promise.resolve(), kind);
    this.#running--;
    const fails = attempts <= (this.#failures.get(kind) ?? 0);
    log.push(`${kind} ${fails ? 'fails' : 'is done'}`);
    if (fails) throw new Error(`${kind} is broken`);
  };
}

async function carryOut(bench: QueueBench, plan: Plan, scheduler: Scheduler): Promise<void> {
  const recorder = new Recorder(scheduler, plan);
  const queue = bench.makeQueue({ concurrency: plan.concurrency });
  const store = async ({ stored, jobs }: Batch) => {
    const storing = bench.store.transaction(async (transaction) => {
      for (const { key, name } of jobs) await queue.enqueue(transaction, { key, kind: name, payload: {} });
      if (!stored) throw new Error('It rains.');
    });
    await (stored ? storing : expect(storing).rejects.toThrow('It rains.'));
    queue.wake();
  };
  for (const batch of plan.before) await store(batch);
  queue.start(recorder.worker);
  for (const batch of plan.meanwhile) await store(batch);
  await scheduler.waitFor(queue.idle());
  await queue.close();
  for (const [key, log] of Object.entries(recorder.log)) expect(log).toEqual(expectedOf(plan, key));
  expect(recorder.most).toBeLessThanOrEqual(plan.concurrency);
}

test.each(queueBackends)(
  'on $name any jobs are done once each, in order and one at a time for each key, whatever fails',
  async ({ open }) => {
    let now = Date.now();
    // Time flies: whatever is to be tried again is due when it is next looked at.
    const bench = await open(new MovableClock(() => (now += 10_000)));
    await fc.assert(
      fc.asyncProperty(plans, fc.scheduler(), (plan, scheduler) => carryOut(bench, plan, scheduler)),
      { numRuns: 40 },
    );
  },
);
