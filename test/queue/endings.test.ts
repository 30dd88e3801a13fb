import { hostname } from 'node:os';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { timestamp } from '../../src/base/clock.ts';
import { identityText, ownIdentity } from '../../src/base/process-identity.ts';
import { endOf, nextMessage, startChild } from '../support/children.ts';
import { add, logOf, pass, type QueueBench, queueBackends, queueName } from '../support/queues.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe.each(queueBackends)('a queue on $name', ({ open, delays, leaseLength }) => {
  /** Lets somebody else take the oldest job, with a lease as a queue of theirs would have it. */
  const takeAs = ({ store, clock }: QueueBench, owner: string) =>
    store.jobs.claim(
      { queue: queueName },
      { owner, until: timestamp(clock.milliseconds() + leaseLength) },
      clock.now(),
    );

  test('that only takes jobs sees when others have done them', async () => {
    const bench = await open();
    const [front, worker] = [bench.makeQueue(), bench.makeQueue()];
    await add(bench, front, 'a1');
    const idle = front.idle();
    worker.start(bench.work.worker);
    await idle;
    expect(bench.work.log).toEqual(['a1 starts', 'a1 ends']);
  });

  describe('jobs of others', () => {
    test('leaves a job to a process that runs, and takes it over at once when that was killed', async () => {
      const bench = await open();
      const queue = bench.makeQueue();
      await add(bench, queue, 'a1', 'a2');
      const child = startChild('claimer', [bench.address, queueName]);
      expect(await nextMessage(child)).toBe('a1');
      queue.start(bench.work.worker);
      await pass(bench, queue);
      expect(logOf(bench)).toEqual([]);
      child.kill('SIGKILL');
      await endOf(child);
      await queue.idle();
      expect(logOf(bench)).toEqual(['a1 starts', 'a1 ends', 'a2 starts', 'a2 ends']);
      expect(bench.work.jobs.find(({ kind }) => kind === 'a1')).toMatchObject({ attempts: 2 });
    });

    test.each([
      ['an earlier process with our pid', `${hostname()} ${process.pid} 1 one`],
      ['a process that has ended', `${hostname()} ${2 ** 30} 1 one`],
      ['somebody whom nobody understands', 'me'],
    ])('takes a job over at once that is held by %s', async (_, owner) => {
      const bench = await open();
      const queue = bench.makeQueue();
      await add(bench, queue, 'a1', 'a2');
      expect(await takeAs(bench, owner)).toMatchObject({ kind: 'a1' });
      queue.start(bench.work.worker);
      await queue.idle();
      expect(bench.work.log).toEqual(['a1 starts', 'a1 ends', 'a2 starts', 'a2 ends']);
    });

    test('takes a job from another machine when its lease has run out, not before', async () => {
      const bench = await open();
      const queue = bench.makeQueue();
      await add(bench, queue, 'a1');
      await takeAs(bench, 'another.example 1 1 one');
      bench.pass(leaseLength - 1);
      queue.start(bench.work.worker);
      await pass(bench, queue);
      expect(logOf(bench)).toEqual([]);
      bench.pass(2);
      await queue.idle();
      expect(logOf(bench)).toEqual(['a1 starts', 'a1 ends']);
    });

    test('leaves it to its owner though the clock here was moved: leases follow real time', async () => {
      const bench = await open();
      const queue = bench.makeQueue();
      await add(bench, queue, 'a1');
      await takeAs(bench, 'another.example 1 1 one');
      bench.clock.advance(10 * leaseLength);
      queue.start(bench.work.worker);
      await pass(bench, queue);
      expect(logOf(bench)).toEqual([]);
    });

    test('takes it a lease later though the time was set back meanwhile', async () => {
      const bench = await open();
      const queue = bench.makeQueue();
      await add(bench, queue, 'a1');
      const until = timestamp(bench.clock.milliseconds() + 3_600_000);
      await bench.store.jobs.claim(
        { queue: queueName },
        { owner: 'another.example 1 1 one', until },
        bench.clock.now(),
      );
      queue.start(bench.work.worker);
      await pass(bench, queue);
      expect(logOf(bench)).toEqual([]);
      bench.pass(leaseLength);
      await queue.idle();
      expect(logOf(bench)).toEqual(['a1 starts', 'a1 ends']);
    });

    test('leaves a job to a process of this machine that is seen to run, however late it is', async () => {
      const bench = await open();
      const queue = bench.makeQueue();
      await add(bench, queue, 'a1');
      await takeAs(bench, `${identityText(ownIdentity())} one`);
      bench.pass(10 * leaseLength);
      queue.start(bench.work.worker);
      await pass(bench, queue);
      expect(logOf(bench)).toEqual([]);
    });
  });

  describe('closing', () => {
    test('lets running jobs finish and takes nothing new; the next process goes on', async () => {
      const bench = await open();
      const queue = bench.makeQueue({ grace: 20_000 });
      const a1 = bench.work.hold('a1');
      await add(bench, queue, 'a1', 'a2');
      queue.start(bench.work.worker);
      await a1.started;
      const closed = queue.close().then(() => bench.work.say('closed'));
      await add(bench, queue, 'b1');
      a1.finish();
      await closed;
      expect(bench.work.log).toEqual(['a1 starts', 'a1 ends', 'closed']);
      const next = bench.makeQueue({ concurrency: 1 });
      next.start(bench.work.worker);
      await next.idle();
      expect(bench.work.log.slice(3)).toEqual(['b1 starts', 'b1 ends', 'a2 starts', 'a2 ends']);
      expect(bench.problems).toEqual([]);
    });

    test('interrupts after its grace; the job is ready again, in its place and without delay', async () => {
      const bench = await open();
      const queue = bench.makeQueue({ grace: 1 });
      const a1 = bench.work.hold('a1');
      await add(bench, queue, 'a1', 'a2');
      queue.start(bench.work.worker);
      await a1.started;
      await queue.close();
      expect(bench.work.log).toEqual(['a1 starts', 'a1 stops']);
      const next = bench.makeQueue();
      next.start(bench.work.worker);
      await next.idle();
      expect(bench.work.log.slice(2)).toEqual(['a1 starts', 'a1 ends', 'a2 starts', 'a2 ends']);
      expect([bench.problems, await bench.givenUp()]).toEqual([[], []]);
    });

    test('as often as it comes, is no fault of the job', async () => {
      const bench = await open();
      for (let time = 0; time < 7; time++) {
        const queue = bench.makeQueue({ grace: 0 });
        const a1 = bench.work.hold('a1');
        if (time === 0) await add(bench, queue, 'a1');
        queue.start(bench.work.worker);
        await a1.started;
        await queue.close();
      }
      bench.work.failing('a1', 1);
      const last = bench.makeQueue({ concurrency: 1 });
      last.start(bench.work.worker);
      await pass(bench, last);
      expect(await bench.givenUp()).toEqual([]);
    });

    test('keeps as done what is done in spite of the interruption', async () => {
      const bench = await open();
      const queue = bench.makeQueue({ grace: 0 });
      await add(bench, queue, 'a1');
      const started = new Promise<void>((start) => {
        queue.start((_, signal) => {
          start();
          return new Promise((end) => signal.addEventListener('abort', () => end()));
        });
      });
      await started;
      await queue.close();
      await expect(bench.makeQueue().idle()).resolves.toBeUndefined();
    });

    test('twice is closing once, and a queue that was never started can be closed', async () => {
      const bench = await open();
      const queue = bench.makeQueue();
      await Promise.all([queue.close(), queue.close()]);
      await add(bench, queue, 'a1');
      const next = bench.makeQueue();
      next.start(bench.work.worker);
      await next.idle();
      expect(bench.work.log).toEqual(['a1 starts', 'a1 ends']);
    });

    test('in the last attempt of a job gives nothing up', async () => {
      const bench = await open();
      const queue = bench.makeQueue({ concurrency: 1 });
      bench.work.failing('a1', delays.length);
      const last = bench.work.hold('a1');
      await add(bench, queue, 'a1');
      queue.start(bench.work.worker);
      for (const delay of delays) {
        await pass(bench, queue);
        bench.clock.advance(delay);
        queue.wake();
      }
      await last.started;
      await queue.close();
      expect(await bench.givenUp()).toEqual([]);
      const next = bench.makeQueue();
      next.start(bench.work.worker);
      await next.idle();
      expect(logOf(bench).slice(-3)).toEqual(['a1 stops', 'a1 starts', 'a1 ends']);
    });
  });

  test('makes its own lease longer while it works', async () => {
    const bench = await open();
    const queue = bench.makeQueue();
    const a1 = bench.work.hold('a1');
    await add(bench, queue, 'a1');
    queue.start(bench.work.worker);
    await a1.started;
    const endOfLease = async () => (await bench.store.jobs.leases(queueName)).map(({ until }) => until);
    bench.pass(leaseLength - 1);
    const later = timestamp(bench.clock.milliseconds() + leaseLength);
    await expect.poll(endOfLease, { timeout: 5_000 }).toEqual([later]);
    a1.finish();
    await queue.idle();
    expect(bench.work.log).toEqual(['a1 starts', 'a1 ends']);
  });

  test('looks for work when it is woken, not only now and then', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const bench = await open();
    const queue = bench.makeQueue();
    queue.start(bench.work.worker);
    await add(bench, queue, 'a1');
    await bench.work.said('a1 ends');
  });

  test('finds by itself what another process has put there', async () => {
    const bench = await open();
    const [queue, other] = [bench.makeQueue(), bench.makeQueue()];
    queue.start(bench.work.worker);
    await queue.idle();
    await add(bench, other, 'a1');
    await bench.work.said('a1 ends');
  });
});
