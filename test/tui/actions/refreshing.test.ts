import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { refreshSoon } from '../../../src/tui/actions/refreshing.ts';
import { openController } from '../../support/test-controller.ts';
import { atOps } from '../../support/tui.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A refresh that ends when it is told to. */
function slowRefresh() {
  const { controller } = openController(atOps([]));
  let end = () => {};
  const refresh = vi.fn(
    () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  );
  const ask = () => refreshSoon(controller, refresh, 1_000);
  const callsAfter = async (milliseconds: number) => {
    end();
    await vi.advanceTimersByTimeAsync(milliseconds);
    return refresh.mock.calls.length;
  };
  return { ask, refresh, callsAfter, controller };
}

describe('a refresh', () => {
  test('is made at once', () => {
    const { ask, refresh } = slowRefresh();
    ask();
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  test('that is asked for a thousand times is made twice: at once, and for the last of them', async () => {
    const { ask, callsAfter } = slowRefresh();
    for (let number = 0; number < 1_000; number++) ask();
    expect(await callsAfter(999)).toBe(1);
    expect(await callsAfter(1)).toBe(2);
    expect(await callsAfter(60_000)).toBe(2);
  });

  test('that is asked for while one is under way is made after it', async () => {
    const { ask, callsAfter, refresh } = slowRefresh();
    ask();
    await vi.advanceTimersByTimeAsync(5_000);
    ask();
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(await callsAfter(1_000)).toBe(2);
  });

  test('is not made any more once the screen is left', async () => {
    const { ask, callsAfter, controller } = slowRefresh();
    ask();
    ask();
    controller.close();
    expect(await callsAfter(60_000)).toBe(1);
  });
});
