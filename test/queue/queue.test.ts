import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { add, logOf, pass, type QueueBench, queueBackends, queueName } from '../support/queues.ts';

describe.each(queueBackends)('a queue on $name', ({ open, delays }) => {
  describe('in order', () => {
    test('jobs of one key run one at a time, in the order in which they came', async () => {
      const bench = await open();
      const queue = bench.makeQueue();
      const a1 = bench.work.hold('a1');
      await add(bench, queue, 'a1', 'a2', 'a3', 'b1');
      queue.start(bench.work.worker);
      await bench.work.said('b1 ends');
      expect(bench.work.log).toEqual(['a1 starts', 'b1 starts', 'b1 ends']);
      a1.finish();
      await queue.idle();
      expect(bench.work.log.slice(3)).toEqual(['a1 ends', 'a2 starts', 'a2 ends', 'a3 starts', 'a3 ends']);
    });

    test('a job that came while others of its key ran waits behind them', async () => {
      const bench = await open();
      const queue = bench.makeQueue();
      const a1 = bench.work.hold('a1');
      queue.start(bench.work.worker);
      await add(bench, queue, 'a1');
      await a1.started;
      await add(bench, queue, 'a2');
      await pass(bench, queue);
      expect(logOf(bench)).toEqual(['a1 starts']);
      a1.finish();
      await queue.idle();
      expect(logOf(bench)).toEqual(['a1 starts', 'a1 ends', 'a2 starts', 'a2 ends']);
    });

    test.each([1, 2, 3, 8])('of many keys %d jobs run side by side, and never more', async (concurrency) => {
      const bench = await open();
      const queue = bench.makeQueue({ concurrency });
      const kinds = [...'abcdefghij'].map((key) => `${key}1`);
      const held = kinds.map((kind) => bench.work.hold(kind));
      await add(bench, queue, ...kinds);
      queue.start(bench.work.worker);
      await Promise.all(held.slice(0, concurrency).map((job) => job.started));
      for (const job of held) {
        // A question to the database comes after the queue's own, so one more job would have started by now.
        await bench.store.jobs.pending(queueName);
        await job.started;
        job.finish();
      }
      await queue.idle();
      expect(bench.work.most).toBe(concurrency);
      expect(bench.work.jobs.map((job) => job.kind)).toEqual(kinds);
    });

    test('twelve jobs that listen for the end of the process give no warning', async () => {
      const bench = await open();
      const queue = bench.makeQueue({ concurrency: 12 });
      const warnings: Error[] = [];
      const onWarning = (warning: Error) => warnings.push(warning);
      process.on('warning', onWarning);
      onTestFinished(() => void process.off('warning', onWarning));
      const kinds = [...'abcdefghijkl'].map((key) => `${key}1`);
      const held = kinds.map((kind) => bench.work.hold(kind));
      await add(bench, queue, ...kinds);
      queue.start((job, signal, control) => {
        signal.addEventListener('abort', () => {});
        return bench.work.worker(job, signal, control);
      });
      for (const job of held) await job.started;
      for (const job of held) job.finish();
      await queue.idle();
      expect(warnings).toEqual([]);
    });

    test('a job comes to the worker as it was stored', async () => {
      const bench = await open();
      const queue = bench.makeQueue();
      const job = { key: 'a', kind: 'a1', payload: { text: '👋', list: [1, null, { deep: true }] } };
      await bench.store.transaction((transaction) => queue.enqueue(transaction, job));
      queue.start(bench.work.worker);
      await queue.idle();
      expect(bench.work.jobs).toMatchObject([{ ...job, queue: queueName, attempts: 1 }]);
    });
  });

  test('of the jobs that let others go first, a thousand wait at once', async () => {
    const bench = await open();
    const queue = bench.makeQueue({ concurrency: 2 });
    await bench.store.transaction(async (transaction) => {
      for (let key = 1; key <= 1_010; key++)
        await queue.enqueue(transaction, { key: String(key), kind: 'a1', payload: {} });
    });
    let load = () => {};
    const loaded = new Promise<void>((resolve) => {
      load = resolve;
    });
    queue.start((job, signal, control) => {
      const resumed = control.yieldSlot(loaded);
      bench.work.say('yields');
      return resumed.then(() => bench.work.worker(job, signal, control));
    });
    await bench.work.said('yields', 1_000);
    for (let times = 0; times < 3; times++)
      await bench.store.transaction((transaction) => transaction.jobs.pending(queueName));
    expect(bench.work.log).toHaveLength(1_000);
    load();
    await queue.idle();
    expect([bench.work.jobs.length, bench.work.most]).toEqual([1_010, 2]);
  });

  /** Keeps everybody else from writing until the returned function is called. */
  function holdWriter({ store }: QueueBench): () => Promise<void> {
    let letGo = () => {};
    const held = store.transaction(
      () =>
        new Promise<void>((resolve) => {
          letGo = resolve;
        }),
    );
    return () => {
      letGo();
      return held;
    };
  }

  /** What needs no timer and no disk has happened afterwards. */
  async function turns(): Promise<void> {
    for (let count = 0; count < 20; count++) await nextTurn();
  }

  test('jobs that let others go first go on together, also when another job is being claimed just then', async () => {
    const bench = await open();
    const queue = bench.makeQueue();
    await add(bench, queue, 'a1', 'b1', 'c1', 'd1');
    let load = () => {};
    const loaded = new Promise<void>((resolve) => {
      load = resolve;
    });
    queue.start(async ({ kind }, signal, { yieldSlot }) => {
      const resumed = kind === 'e1' ? undefined : yieldSlot(loaded);
      bench.work.say(kind === 'e1' ? 'e1 starts' : 'yields');
      await resumed;
      bench.work.say(`${kind} goes on`);
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    await bench.work.said('yields', 4);
    await bench.store.transaction((transaction) =>
      queue.enqueue(transaction, { key: 'e', kind: 'e1', payload: {} }),
    );
    const letWrite = holdWriter(bench);
    queue.wake();
    await turns();
    load();
    await turns();
    await letWrite();
    await bench.work.said('e1 starts');
    await turns();
    expect(bench.work.log.filter((line) => line.endsWith('goes on')).sort()).toEqual(
      ['a1', 'b1', 'c1', 'd1', 'e1'].map((kind) => `${kind} goes on`),
    );
  });

  test('a queue that closes while it claims jobs starts none of them, and they keep their turn', async () => {
    const bench = await open();
    const [closing, next] = [bench.makeQueue(), bench.makeQueue()];
    await add(bench, closing, 'a1', 'b1', 'c1');
    const letWrite = holdWriter(bench);
    closing.start(bench.work.worker);
    await turns();
    const closed = closing.close();
    await letWrite();
    await closed;
    expect(bench.work.log).toEqual([]);
    next.start(bench.work.worker);
    await next.idle();
    expect(bench.work.jobs.map(({ kind, attempts }) => [kind, attempts])).toEqual([
      ['a1', 1],
      ['b1', 1],
      ['c1', 1],
    ]);
  });

  describe('a job that ends itself with its last write', () => {
    test('is gone with that, makes room for the next one, and counts as running until it has returned', async () => {
      const bench = await open();
      const queue = bench.makeQueue();
      await add(bench, queue, 'a1', 'a2');
      const told = bench.work.hold('a1');
      queue.start(async (job, signal, { complete, ...control }) => {
        await bench.store.transaction(complete);
        await bench.work.worker(job, signal, { complete, ...control });
      });
      await told.started;
      let isIdle = false;
      const idle = queue.idle().then(() => {
        isIdle = true;
      });
      queue.wake();
      await bench.work.said('a2 ends');
      expect([await bench.store.jobs.pending(queueName), isIdle]).toEqual([false, false]);
      told.finish();
      await idle;
      expect(bench.work.log).toEqual(['a1 starts', 'a2 starts', 'a2 ends', 'a1 ends']);
    });

    test('runs again if that write fails', async () => {
      const bench = await open();
      const queue = bench.makeQueue();
      await add(bench, queue, 'a1');
      queue.start(async (job, signal, { complete, ...control }) => {
        await bench.work.worker(job, signal, { complete, ...control });
        await bench.store.transaction(async (transaction) => {
          await complete(transaction);
          if (job.attempts === 1) throw new Error('the disk is full');
        });
      });
      await bench.work.said('a1 ends');
      await expect.poll(() => bench.problems).toEqual(['the disk is full']);
      bench.clock.advance(delays[0] ?? 0);
      queue.wake();
      await queue.idle();
      expect(bench.work.jobs.map(({ attempts }) => attempts)).toEqual([1, 2]);
    });
  });

  describe('in the transaction of its caller', () => {
    test('a job whose transaction fails was never there', async () => {
      const bench = await open();
      const queue = bench.makeQueue();
      queue.start(bench.work.worker);
      const failing = bench.store.transaction(async (transaction) => {
        await queue.enqueue(transaction, { key: 'a', kind: 'a1', payload: {} });
        queue.wake();
        throw new Error('It rains.');
      });
      await expect(failing).rejects.toThrow('It rains.');
      await add(bench, queue, 'a2');
      await queue.idle();
      expect(bench.work.log).toEqual(['a2 starts', 'a2 ends']);
    });

    test('jobs of one transaction run in their order, none before it is through', async () => {
      const bench = await open();
      const queue = bench.makeQueue();
      queue.start(bench.work.worker);
      await bench.store.transaction(async (transaction) => {
        for (const kind of ['a1', 'a2']) await queue.enqueue(transaction, { key: 'a', kind, payload: {} });
        queue.wake();
        bench.work.say('stored');
      });
      await queue.idle();
      expect(bench.work.log).toEqual(['stored', 'a1 starts', 'a1 ends', 'a2 starts', 'a2 ends']);
    });
  });

  describe('when a job fails', () => {
    test('it is tried again, and the later ones of its key wait for it', async () => {
      const bench = await open();
      const queue = bench.makeQueue({ concurrency: 1 });
      bench.work.failing('a1', 1);
      await add(bench, queue, 'a1', 'a2', 'b1');
      queue.start(bench.work.worker);
      await pass(bench, queue);
      const before = ['a1 starts', 'a1 fails', 'b1 starts', 'b1 ends'];
      expect(logOf(bench)).toEqual(before);
      bench.clock.advance(delays[0] ?? 0);
      await queue.idle();
      expect(logOf(bench)).toEqual([...before, 'a1 starts', 'a1 ends', 'a2 starts', 'a2 ends']);
      expect(bench.problems).toEqual(['a1 is broken']);
    });

    test('it is tried five times, later and later, then kept, and the next of its key goes on', async () => {
      const bench = await open();
      const queue = bench.makeQueue({ concurrency: 1 });
      bench.work.failing('a1', 99);
      await add(bench, queue, 'a1', 'a2');
      queue.start(bench.work.worker);
      for (const [index, delay] of delays.entries()) {
        await pass(bench, queue);
        bench.clock.advance(delay - 1);
        await pass(bench, queue);
        expect(bench.work.jobs.filter(({ kind }) => kind === 'a1')).toHaveLength(index + 1);
        bench.clock.advance(1);
        queue.wake();
        await bench.work.said('a1 fails', index + 2);
      }
      await queue.idle();
      expect(logOf(bench).slice(-2)).toEqual(['a2 starts', 'a2 ends']);
      expect(await bench.givenUp()).toEqual([{ kind: 'a1', attempts: 5, error: 'a1 is broken' }]);
      expect(bench.problems).toEqual(Array(5).fill('a1 is broken'));
    });
  });

  describe('idle', () => {
    test('is a queue without jobs, also before it is started', async () => {
      const bench = await open();
      await expect(bench.makeQueue().idle()).resolves.toBeUndefined();
    });

    test('comes after jobs that run, that wait, and that are to be tried again', async () => {
      const bench = await open();
      const queue = bench.makeQueue({ concurrency: 2 });
      const a1 = bench.work.hold('a1');
      bench.work.failing('b1', 1);
      await add(bench, queue, 'a1', 'a2', 'b1');
      queue.start(bench.work.worker);
      const idle = queue.idle().then(() => bench.work.say('idle'));
      await bench.work.said('b1 fails');
      a1.finish();
      await bench.work.said('a2 ends');
      await pass(bench, queue);
      bench.clock.advance(delays[0] ?? 0);
      await idle;
      expect(bench.work.log.slice(-3)).toEqual(['b1 starts', 'b1 ends', 'idle']);
    });

    test('of some keys does not wait for the jobs of others', async () => {
      const bench = await open();
      const queue = bench.makeQueue({ concurrency: 2 });
      const a1 = bench.work.hold('a1');
      await add(bench, queue, 'a1', 'b1');
      queue.start(bench.work.worker);
      await queue.idle(['b', 'c']);
      expect(logOf(bench)).toContain('b1 ends');
      expect(logOf(bench)).not.toContain('a1 ends');
      a1.finish();
      await queue.idle(['a']);
      expect(logOf(bench)).toContain('a1 ends');
    });

    test('comes after the jobs of another process', async () => {
      const bench = await open();
      const [queue, other] = [bench.makeQueue(), bench.makeQueue()];
      const a1 = bench.work.hold('a1');
      await add(bench, other, 'a1');
      other.start(bench.work.worker);
      await a1.started;
      queue.start(bench.work.worker);
      const idle = queue.idle().then(() => bench.work.say('idle'));
      await pass(bench, queue);
      a1.finish();
      await idle;
      expect(logOf(bench)).toEqual(['a1 starts', 'a1 ends', 'idle']);
    });
  });
});
