import { describe, expect, test } from 'vitest';
import { MovableClock } from '../../src/base/clock.ts';
import { add, type QueueBench, queueBackends } from '../support/queues.ts';

/** Jobs of a key: `a1`, `a2`, … */
const jobsOf = (key: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${key}${index + 1}`);

const started = ({ work }: QueueBench): string[] => work.jobs.map(({ kind }) => kind);

describe.each(queueBackends)('keys take turns on $name', ({ open, delays }) => {
  test.each<[string, string[], string[]]>([
    ['each gets one', ['a1', 'a2', 'a3', 'b1', 'c1', 'c2'], ['a1', 'b1', 'c1', 'a2', 'c2', 'a3']],
    ['the one that waits longest is first', ['a1', 'b1', 'b2', 'a2'], ['a1', 'b1', 'a2', 'b2']],
    ['a single one needs no turns', ['a1', 'a2', 'a3'], ['a1', 'a2', 'a3']],
  ])('%s', async (_, jobs, order) => {
    const bench = await open();
    const queue = bench.makeQueue({ concurrency: 1 });
    await add(bench, queue, ...jobs);
    queue.start(bench.work.worker);
    await queue.idle();
    expect(started(bench)).toEqual(order);
  });

  test('a job does not wait behind a thousand of another key', async () => {
    const bench = await open(new MovableClock());
    const queue = bench.makeQueue({ concurrency: 1 });
    await bench.store.transaction(async (transaction) => {
      for (const kind of jobsOf('a', 1_000))
        await queue.enqueue(transaction, { key: 'a', kind, payload: {} });
    });
    const a3 = bench.work.hold('a3');
    queue.start(bench.work.worker);
    await a3.started;
    await add(bench, queue, 'b1');
    a3.finish();
    await bench.work.said('b1 ends');
    expect(started(bench).slice(0, 5)).toContain('b1');
    await queue.idle();
    expect(started(bench).filter((kind) => kind !== 'b1')).toEqual(jobsOf('a', 1_000));
  });

  describe('with seven keys that have many jobs', () => {
    const keys = [...'abcdefg'];

    /** Works until `a3` starts, and holds it. */
    async function inTheMiddle() {
      const bench = await open();
      const queue = bench.makeQueue({ concurrency: 1 });
      for (const key of keys) await add(bench, queue, ...jobsOf(key, 10));
      const a3 = bench.work.hold('a3');
      queue.start(bench.work.worker);
      await a3.started;
      return { bench, queue, a3, done: started(bench).length };
    }

    test('a new job is next or second', async () => {
      const { bench, queue, a3, done } = await inTheMiddle();
      await add(bench, queue, 'x1');
      a3.finish();
      await queue.idle();
      expect(started(bench).slice(done, done + 2)).toContain('x1');
    });

    test('new jobs without end leave them every second turn', async () => {
      const { bench, queue, a3, done } = await inTheMiddle();
      await add(bench, queue, ...[...'ABCDEFGHIJKLMN'].map((key) => `${key}1`));
      a3.finish();
      await queue.idle();
      const next = started(bench).slice(done, done + 12);
      expect(next.filter((kind) => kind < 'a')).toEqual(['A1', 'B1', 'C1', 'D1', 'E1', 'F1']);
      expect(next.filter((kind) => kind > 'a')).toEqual(['b3', 'c3', 'd3', 'e3', 'f3', 'g3']);
    });
  });

  test('between two processes, too', async () => {
    // Within one millisecond the processes may disagree whose turn it is, so time has to pass.
    const bench = await open(new MovableClock());
    const queues = [bench.makeQueue({ concurrency: 1 }), bench.makeQueue({ concurrency: 1 })] as const;
    await add(bench, queues[0], ...jobsOf('a', 20), ...jobsOf('b', 20));
    const [a1, b1] = [bench.work.hold('a1'), bench.work.hold('b1')];
    for (const queue of queues) queue.start(bench.work.worker);
    await Promise.all([a1.started, b1.started]);
    await add(bench, queues[0], 'c1');
    a1.finish();
    b1.finish();
    await Promise.all(queues.map((queue) => queue.idle()));
    expect(started(bench).indexOf('c1')).toBeLessThan(4);
    for (const key of ['a', 'b'])
      expect(started(bench).filter((kind) => kind.startsWith(key))).toEqual(jobsOf(key, 20));
  });

  test('a key whose job failed keeps its order when its turn comes again', async () => {
    const bench = await open();
    const queue = bench.makeQueue({ concurrency: 1 });
    bench.work.failing('a1', 1);
    await add(bench, queue, 'a1', 'a2', 'b1', 'b2');
    queue.start(bench.work.worker);
    await bench.work.said('b2 ends');
    bench.clock.advance(delays[0] ?? 0);
    await queue.idle();
    expect(started(bench)).toEqual(['a1', 'b1', 'b2', 'a1', 'a2']);
  });
});
