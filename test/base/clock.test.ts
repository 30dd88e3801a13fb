import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { MovableClock, timestamp } from '../../src/base/clock.ts';

const start = Date.UTC(2022, 3, 26, 0, 13, 42, 7);

/** A clock that stands still, but for `advance`. */
const stillClock = () => new MovableClock(() => start);

/** Whether a promise is settled once everything that can go on has gone on. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = () => {
    settled = true;
  };
  promise.then(settle, settle);
  await new Promise((resolve) => setImmediate(resolve));
  return settled;
}

test.each([
  [0, 0, '1970-01-01T00:00:00.000000Z'],
  [start, 0, '2022-04-26T00:13:42.007000Z'],
  [start, 1, '2022-04-26T00:13:42.007001Z'],
  [start, 42, '2022-04-26T00:13:42.007042Z'],
  [start, 999, '2022-04-26T00:13:42.007999Z'],
  [Date.UTC(1999, 11, 31, 23, 59, 59, 999), 999, '1999-12-31T23:59:59.999999Z'],
])('timestamp(%d, %d) is %s', (milliseconds, microseconds, expected) => {
  expect(timestamp(milliseconds, microseconds)).toBe(expected);
});

test('a timestamp without microseconds has three zeros', () => {
  expect(timestamp(start)).toBe(timestamp(start, 0));
});

test('timestamps sort as their moments do', () => {
  const moment = fc.tuple(fc.nat(Date.UTC(2200, 0)), fc.nat(999));
  const number = ([milliseconds, microseconds]: [number, number]) => milliseconds * 1000 + microseconds;
  const isOrdered = (one: [number, number], other: [number, number]) =>
    timestamp(...one) < timestamp(...other) === number(one) < number(other);
  fc.assert(fc.property(moment, moment, isOrdered));
});

describe('the time', () => {
  test('is the time of the system when nothing else is given', () => {
    const before = Date.now();
    const now = new MovableClock().milliseconds();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  test.each([
    [[0], 0],
    [[1], 1],
    [[60_000], 60_000],
    [[250, 250, 500], 1_000],
  ])('moved forward by %j it is %d ms later', (steps, later) => {
    const clock = stillClock();
    for (const step of steps) clock.advance(step);
    expect(clock.milliseconds()).toBe(start + later);
    expect(clock.now()).toBe(timestamp(start + later));
  });

  test('moved forward it goes on with the system', () => {
    let system = start;
    const clock = new MovableClock(() => system);
    clock.advance(1_000);
    system += 5;
    expect(clock.milliseconds()).toBe(start + 1_005);
  });

  test('counts microseconds within a millisecond and begins anew in the next', () => {
    const clock = stillClock();
    expect([clock.now(), clock.now()]).toEqual([timestamp(start, 0), timestamp(start, 1)]);
    clock.advance(1);
    expect(clock.now()).toBe(timestamp(start + 1, 0));
  });

  test.each([10, 1_000, 2_500])('%d calls in one millisecond give as many moments, in order', (calls) => {
    const clock = stillClock();
    const moments = Array.from({ length: calls }, () => clock.now());
    expect(new Set(moments).size).toBe(calls);
    expect(moments).toEqual(moments.toSorted());
  });

  test('keeps the order of calls when the system sets its time back', () => {
    let system = start;
    const clock = new MovableClock(() => system);
    const before = clock.now();
    system -= 1_000;
    expect(clock.now() > before).toBe(true);
  });
});

describe('sleepers', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  test('wake when the clock is moved past their time, those that are not due sleep on', async () => {
    const clock = stillClock();
    const woken: string[] = [];
    const short = clock.sleep(1_000).then(() => woken.push('short'));
    const long = clock.sleep(5_000).then(() => woken.push('long'));
    clock.advance(999);
    expect(await isSettled(short)).toBe(false);
    clock.advance(1);
    expect(await isSettled(short)).toBe(true);
    expect(await isSettled(long)).toBe(false);
    clock.advance(4_000);
    await long;
    expect(woken).toEqual(['short', 'long']);
  });

  test.each([0, -1])('of %d ms do not sleep', async (milliseconds) => {
    await expect(stillClock().sleep(milliseconds)).resolves.toBeUndefined();
  });

  test('wake by themselves when the time of the system has come, and not before', async () => {
    vi.useFakeTimers();
    const sleeping = new MovableClock().sleep(60_000);
    await vi.advanceTimersByTimeAsync(59_999);
    const woken = vi.fn();
    const after = sleeping.then(woken);
    await vi.advanceTimersByTimeAsync(0);
    expect(woken).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await after;
  });

  test('may sleep for longer than a timer of the system can', async () => {
    vi.useFakeTimers();
    const longest = 2 ** 31 - 1;
    const timer = vi.spyOn(globalThis, 'setTimeout');
    const woken = vi.fn();
    const after = new MovableClock().sleep(longest + 1_000).then(woken);
    await vi.advanceTimersByTimeAsync(longest);
    expect(woken).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    await after;
    expect(timer.mock.calls.map(([, delay]) => delay)).toEqual([longest, 1_000]);
  });

  test('end with the reason of the signal', async () => {
    vi.useFakeTimers();
    const controller = new AbortController();
    const sleeping = new MovableClock().sleep(60_000, controller.signal);
    controller.abort(new Error('The process ends.'));
    await expect(sleeping).rejects.toThrow('The process ends.');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('do not begin when the signal has aborted before', async () => {
    vi.useFakeTimers();
    const sleeping = new MovableClock().sleep(60_000, AbortSignal.abort(new Error('Too late.')));
    await expect(sleeping).rejects.toThrow('Too late.');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('that woke leave nothing behind on the signal', async () => {
    const clock = stillClock();
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, 'removeEventListener');
    const added = vi.spyOn(signal, 'addEventListener');
    const sleeping = clock.sleep(1_000, signal);
    clock.advance(1_000);
    await sleeping;
    expect(added).toHaveBeenCalledTimes(1);
    expect(removed.mock.calls).toEqual(added.mock.calls);
  });

  test('that woke each other in turn all wake once', async () => {
    const clock = stillClock();
    const woken: number[] = [];
    const sleeps = [300, 100, 200].map((ms) => clock.sleep(ms).then(() => woken.push(ms)));
    clock.advance(300);
    await Promise.all(sleeps);
    expect(woken.toSorted()).toEqual([100, 200, 300]);
  });
});
