import { onTestFinished } from 'vitest';
import { MovableClock } from '../../src/base/clock.ts';
import { messageOf } from '../../src/base/errors.ts';
import type { Queue } from '../../src/queue/queue.ts';
import { SqliteQueue } from '../../src/queue/sqlite-queue.ts';
import type { Store } from '../../src/store/store.ts';
import { JobRecorder } from './job-recorder.ts';
import { databaseFile, openStore, rowsOf } from './stores.ts';

/** The name of every queue of the tests. */
export const queueName = 'answers';

/** How a test wants its queue; everything may be left out. */
interface QueueSettings {
  concurrency?: number;
  /** Milliseconds. */
  grace?: number;
}

/** A job that was given up. */
interface GivenUp {
  kind: string;
  attempts: number;
  error: string;
}

/** A place with a database, a clock, and somebody who does the jobs. */
export interface QueueBench {
  store: Store;
  clock: MovableClock;
  /** Lets real time pass, which the leases follow. */
  pass(milliseconds: number): void;
  work: JobRecorder;
  /** Where the database is, for another process. */
  address: string;
  /** What the queues of this bench told of failures. */
  problems: string[];
  /** A queue of its own on the bench's database, as a new process has it. Closed after the test. */
  makeQueue(settings?: QueueSettings): Queue;
  /** The jobs that were given up, in their order. */
  givenUp(): Promise<GivenUp[]>;
}

/** A kind of queue. */
export interface QueueBackend {
  name: string;
  /** How long a job waits before its second, third, … attempt, in milliseconds. */
  delays: readonly number[];
  /** How long the lease of somebody on another machine lasts, in milliseconds. */
  leaseLength: number;
  /** @param clock by default one that stands still, but for `advance` and {@link QueueBench.pass} */
  open(clock?: MovableClock): Promise<QueueBench>;
}

async function openSqliteBench(givenClock?: MovableClock): Promise<QueueBench> {
  let now = Date.now();
  const clock = givenClock ?? new MovableClock(() => now);
  const address = databaseFile();
  const store = await openStore(address);
  const problems: string[] = [];
  return {
    store,
    clock,
    pass: (milliseconds) => {
      now += milliseconds;
    },
    work: new JobRecorder(),
    address,
    problems,
    makeQueue({ concurrency = 8, grace = 0 } = {}) {
      const onFailure = (error: unknown) => void problems.push(messageOf(error));
      const queue = new SqliteQueue(store, clock, { name: queueName, concurrency, grace, onFailure });
      onTestFinished(() => queue.close());
      return queue;
    },
    givenUp: async () =>
      rowsOf(
        address,
        "select kind, attempts, last_error as error from jobs where status = 'failed' order by sequence",
      ).map((row) => Object(row)),
  };
}

/** Every kind of queue there is: each has to pass the same tests. */
export const queueBackends: readonly QueueBackend[] = [
  { name: 'sqlite', delays: [200, 400, 800, 1600], leaseLength: 30_000, open: openSqliteBench },
];

/** Stores jobs, a transaction each, and wakes the queue. The first letter of a job's name is its key. */
export async function add({ store }: QueueBench, queue: Queue, ...kinds: string[]): Promise<void> {
  for (const kind of kinds) {
    await store.transaction((transaction) =>
      queue.enqueue(transaction, { key: kind.slice(0, 1), kind, payload: { kind } }),
    );
  }
  queue.wake();
}

let passes = 0;

/**
 * Sends a job of a key of its own through the queue. Jobs are taken oldest first, so afterwards whatever could have
 * been taken before has been; with a concurrency of 1 what ran before has ended, too.
 */
export async function pass(bench: QueueBench, queue: Queue): Promise<void> {
  const kind = `pass ${++passes}`;
  await bench.store.transaction((transaction) =>
    queue.enqueue(transaction, { key: kind, kind, payload: {} }),
  );
  queue.wake();
  await bench.work.said(`${kind} ends`);
}

/** What was written down, without the jobs of {@link pass}. */
export const logOf = ({ work }: QueueBench): string[] => work.log.filter((line) => !line.startsWith('pass '));
