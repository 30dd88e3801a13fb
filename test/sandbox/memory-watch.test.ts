import { describe, expect, test } from 'vitest';
import { MemoryWatch } from '../../src/sandbox/memory-watch.ts';

/** Watches this process. The limits are those of the checks, one after the other, and end the watch when there are no more. */
function watch(pid: number, limits: readonly number[]): Promise<{ exceeded: boolean; checks: number }> {
  return new Promise((resolve) => {
    let checks = 0;
    const limit = (): number => {
      const found = limits[checks++];
      if (found !== undefined) return found;
      memory.stop();
      // Later, so that a wrong call comes first.
      setImmediate(() => resolve({ exceeded: false, checks }));
      return 0;
    };
    const memory = new MemoryWatch(pid, limit, () => resolve({ exceeded: true, checks }));
    memory.start();
    memory.start();
  });
}

const [nothing, enough] = [0, Number.POSITIVE_INFINITY];

describe('a process that is watched', () => {
  test.each<[string, number[], { exceeded: boolean; checks: number }]>([
    ['exceeds its limit at once', [nothing, enough], { exceeded: true, checks: 1 }],
    ['exceeds a limit that became lower', [enough, nothing], { exceeded: true, checks: 2 }],
    [
      'stays below its limit, and is forgotten when the watch stops',
      [enough, enough],
      { exceeded: false, checks: 3 },
    ],
  ])('%s', async (_, limits, expected) => {
    expect(await watch(process.pid, limits)).toEqual(expected);
  });

  test('exceeds its limit once, until the watch is started again', async () => {
    let calls = 0;
    const memory = new MemoryWatch(
      process.pid,
      () => nothing,
      () => calls++,
    );
    memory.start();
    // The same checks of another watch are the measure of time.
    await watch(process.pid, [enough]);
    expect(calls).toBe(1);
    memory.start();
    await watch(process.pid, [enough]);
    expect(calls).toBe(2);
  });

  test('uses as many kilobytes as Node itself counts', async () => {
    const { rss } = process.memoryUsage();
    expect(await watch(process.pid, [rss / 1024 / 4, enough])).toMatchObject({ exceeded: true });
    expect(await watch(process.pid, [(rss / 1024) * 4])).toMatchObject({ exceeded: false });
  });

  test('uses nothing once it is gone', async () => {
    // No process has this id: it is above the largest that Linux and macOS give.
    expect(await watch(2 ** 22 + 1, [nothing])).toEqual({ exceeded: false, checks: 2 });
  });
});
