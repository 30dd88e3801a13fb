import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { collectWhenIdle } from '../../src/daemon/collect-when-idle.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

test.each<[string, number[], number]>([
  ['once after a start', [3_000, 10, 10, 10], 1],
  ['not while there is work', [3_000, 2_000, 2_000], 0],
  ['again after more work', [3_000, 10, 2_000, 10, 10], 2],
  ['not for work that is done by the way', [3_000, 10, 150, 150, 150], 1],
  ['but for much of it', [3_000, 10, 190, 190, 190, 190, 190, 190], 2],
  ['never when nothing happens', [10, 10, 10], 0],
])('garbage is collected %s', (_, milliseconds, times) => {
  let computed = 0;
  const collect = vi.fn();
  const collecting = collectWhenIdle(() => computed, collect);
  onTestFinished(() => collecting.close());
  for (const each of milliseconds) {
    computed += each;
    vi.advanceTimersByTime(2_000);
  }
  expect(collect).toHaveBeenCalledTimes(times);
});

test('what nobody uses any more is collected', async () => {
  let computed = 0;
  const lost = new WeakRef({ name: 'garbage' });
  // A reference that was read in this turn keeps its object until the next.
  await new Promise((resolve) => setImmediate(resolve));
  const collecting = collectWhenIdle(() => computed);
  onTestFinished(() => collecting.close());
  computed = 3_000;
  vi.advanceTimersByTime(4_000);
  expect(lost.deref()).toBeUndefined();
});
