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

describe('a frozen clock', () => {
  afterEach(() => void vi.useRealTimers());

  /** A clock over a time of the system that the test sets. */
  function overSystem() {
    const system = { now: start };
    return { system, clock: new MovableClock(() => system.now) };
  }

  test('stands still until it runs again, and then goes on from there', () => {
    const { system, clock } = overSystem();
    const steady = clock.steady();
    clock.freeze();
    system.now += 60_000;
    expect([clock.isFrozen, clock.milliseconds(), clock.steady() - steady]).toEqual([true, start, 0]);
    clock.resume();
    system.now += 5;
    expect([clock.isFrozen, clock.milliseconds(), clock.steady() - steady]).toEqual([false, start + 5, 5]);
  });

  test.each([
    ['frozen twice', (clock: MovableClock) => [clock.freeze(), clock.freeze()]],
    ['frozen and moved', (clock: MovableClock) => [clock.freeze(), clock.advance(0)]],
  ])('%s it stays where it was frozen', (_, change) => {
    const { system, clock } = overSystem();
    change(clock);
    system.now += 60_000;
    expect(clock.milliseconds()).toBe(start);
  });

  test('that runs is not changed when it is let run', () => {
    const { system, clock } = overSystem();
    system.now += 60_000;
    clock.resume();
    expect(clock.milliseconds()).toBe(start + 60_000);
  });

  test('can be moved, and says how far it was', () => {
    const { clock } = overSystem();
    clock.freeze();
    clock.advance(1_000);
    clock.advance(500);
    expect([clock.milliseconds(), clock.moved]).toEqual([start + 1_500, 1_500]);
    clock.resume();
    expect([clock.milliseconds(), clock.moved]).toEqual([start + 1_500, 1_500]);
  });

  test('gives moments in the order of the calls', () => {
    const { clock } = overSystem();
    clock.freeze();
    expect([clock.now(), clock.now()]).toEqual([timestamp(start, 0), timestamp(start, 1)]);
  });

  test('has no timers: its sleepers wake when it is moved, or in their time once it runs again', async () => {
    vi.useFakeTimers();
    const clock = new MovableClock();
    const before = clock.sleep(1_000);
    clock.freeze();
    const [moved, later] = [clock.sleep(500), clock.sleep(2_000)];
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(clock.sleeping).toBe(3);
    clock.advance(500);
    await moved;
    clock.resume();
    await vi.advanceTimersByTimeAsync(500);
    await before;
    expect(clock.nextWake()).toBe(1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    await later;
  });

  test.each([-1, Number.NaN])('is not moved by %d', (milliseconds) => {
    const { clock } = overSystem();
    expect(() => clock.advance(milliseconds)).toThrow('The clock only goes forward.');
    expect(clock.milliseconds()).toBe(start);
  });

  test('has a real one beside it that is neither frozen nor moved', () => {
    const { system, clock } = overSystem();
    clock.freeze();
    clock.advance(60_000);
    system.now += 5;
    expect([clock.real.milliseconds(), clock.real.isFrozen]).toEqual([start + 5, false]);
    expect(clock.real).toBe(clock.real);
  });
});

describe('who waits for a moment', () => {
  afterEach(() => void vi.useRealTimers());

  test('wakes when the clock is moved past it', async () => {
    const clock = stillClock();
    const waiting = clock.until(start + 60_000);
    clock.advance(59_999);
    expect(await isSettled(waiting)).toBe(false);
    clock.advance(1);
    await waiting;
  });

  test('wakes when the time of the system was set to it, soon after', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let system = start;
    const waiting = new MovableClock(() => system).until(start + 3_600_000);
    system += 3_600_000;
    await vi.advanceTimersByTimeAsync(30_000);
    await waiting;
  });

  test('is not one of the sleepers, and ends with the signal', async () => {
    const clock = stillClock();
    const end = new AbortController();
    const waiting = clock.until(start + 1_000, end.signal);
    expect([clock.sleeping, clock.nextWake()]).toEqual([0, undefined]);
    end.abort(new Error('The process ends.'));
    await expect(waiting).rejects.toThrow('The process ends.');
  });
});

test('the next who wakes is the one with the least time left', async () => {
  const clock = stillClock();
  const sleeping = [300, 100, 200].map((milliseconds) => clock.sleep(milliseconds));
  expect(clock.nextWake()).toBe(100);
  clock.advance(300);
  await Promise.all(sleeping);
  expect(clock.nextWake()).toBeUndefined();
});

test.each<[string, (clock: MovableClock) => unknown]>([
  ['it is moved', (clock) => clock.advance(1)],
  ['it is frozen', (clock) => clock.freeze()],
  ['it runs again', (clock) => clock.resume()],
])('its listeners are called when %s', (_, change) => {
  const clock = stillClock();
  const listener = vi.fn();
  clock.onChange(listener);
  change(clock);
  expect(listener).toHaveBeenCalledTimes(1);
  clock.advance(1_000);
});

test('its listeners are called when somebody goes to sleep while it stands still, and not while it runs', () => {
  const clock = stillClock();
  const listener = vi.fn();
  clock.onChange(listener);
  void clock.sleep(1_000);
  expect(listener).not.toHaveBeenCalled();
  clock.freeze();
  listener.mockClear();
  void clock.sleep(1_000);
  expect(listener).toHaveBeenCalledTimes(1);
  clock.advance(1_000);
});
