import { expect, test } from 'vitest';
import { MovableClock, timestamp } from '../../src/base/clock.ts';

const hour = 3_600_000;

/** A clock over a time of the system that can be set, too. */
function settable(start = Date.UTC(2022, 3, 26)) {
  let system = start;
  const clock = new MovableClock(() => system);
  return {
    clock,
    set: (milliseconds: number) => {
      system += milliseconds;
    },
  };
}

test('the steady time follows the time of the system, but never back', () => {
  const { clock, set } = settable();
  const start = clock.steady();
  set(1_000);
  expect(clock.steady() - start).toBe(1_000);
  set(-hour);
  expect(clock.steady() - start).toBe(1_000);
  set(500);
  expect(clock.steady() - start).toBe(1_500);
  clock.advance(500);
  expect(clock.steady() - start).toBe(2_000);
});

test.each([-hour, hour])('the steady time of the system does not jump with it: %d ms', (jump) => {
  const now = Date.now;
  const clock = new MovableClock();
  const before = clock.steady();
  Date.now = () => now() + jump;
  try {
    const passed = clock.steady() - before;
    expect(passed).toBeGreaterThanOrEqual(0);
    expect(passed).toBeLessThan(60_000);
  } finally {
    Date.now = now;
  }
});

test('a sleeper wakes after its time though the system was set back meanwhile', async () => {
  const { clock, set } = settable();
  const sleeping = clock.sleep(1_000);
  set(-hour);
  clock.advance(1_000);
  await sleeping;
  expect(clock.milliseconds()).toBe(Date.parse(timestamp(Date.UTC(2022, 3, 26))) - hour + 1_000);
});
