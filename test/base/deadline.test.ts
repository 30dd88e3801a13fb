import { expect, onTestFinished, test } from 'vitest';
import { MovableClock } from '../../src/base/clock.ts';
import { startDeadline } from '../../src/base/deadline.ts';
import { nextMessage, startChild } from '../support/children.ts';

/** Milliseconds until a deadline is exceeded. */
function timeOf(milliseconds: number): Promise<number> {
  const begun = performance.now();
  // Nothing else keeps this process alive for it.
  const alive = setInterval(() => {}, 1_000);
  return new Promise((resolve) => {
    startDeadline(milliseconds, () => {
      clearInterval(alive);
      resolve(performance.now() - begun);
    });
  });
}

test.each([0, 1, 5, 20, 60, 300, 700])(
  'a deadline of %d ms is exceeded when they are over',
  async (milliseconds) => {
    const taken = await timeOf(milliseconds);
    // Node's timers may fire within the last millisecond.
    expect(taken).toBeGreaterThan(milliseconds - 2);
    // The shortest of a few tries: others use this machine, too.
    const others = [await timeOf(milliseconds), await timeOf(milliseconds), await timeOf(milliseconds)];
    expect(Math.min(taken, ...others)).toBeLessThan(milliseconds + 20);
  },
);

test('one that is cancelled is never exceeded', async () => {
  let isExceeded = false;
  const deadline = startDeadline(20, () => {
    isExceeded = true;
  });
  deadline.cancel();
  deadline.cancel();
  await timeOf(60);
  expect(isExceeded).toBe(false);
});

test('one is exceeded also where the main thread is always late', async () => {
  let turns = 0;
  const block = setInterval(() => {
    turns++;
    const until = performance.now() + 150;
    while (performance.now() < until);
  });
  await timeOf(100);
  clearInterval(block);
  expect(turns).toBeLessThan(10);
});

/** Stops a process until a moment has passed, as a container is frozen. */
async function pause(pid: number, milliseconds: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  await timeOf(milliseconds);
  process.kill(pid, 'SIGCONT');
}

test.runIf(process.platform !== 'win32').each([
  ['once, for longer than the deadline', [2_500]],
  ['again and again', [800, 800, 800, 800]],
])('a pause of the whole process does not count: %s', async (_, pauses) => {
  const child = startChild('deadlines', ['2000']);
  expect(await nextMessage(child)).toBe('started');
  for (const milliseconds of pauses) {
    await pause(child.pid ?? 0, milliseconds);
    child.send('is it over?');
    expect(await nextMessage(child)).toBe('not over');
  }
  expect(await nextMessage(child)).toBe('exceeded');
});

/** A deadline of a minute and a frozen clock: whether it was exceeded. */
function asleep() {
  const clock = new MovableClock();
  clock.freeze();
  const state = { isExceeded: false };
  const deadline = startDeadline(60_000, () => {
    state.isExceeded = true;
  });
  onTestFinished(() => deadline.cancel());
  return { clock, deadline, state };
}

test('a sleep on a clock that is moved takes its own time of the deadline, and no more', async () => {
  const { clock, deadline, state } = asleep();
  for (const sleep of [20_000, 20_000]) {
    const sleeping = deadline.sleep(clock, sleep);
    clock.advance(3_600_000);
    await sleeping;
  }
  expect(state.isExceeded).toBe(false);
  const third = deadline.sleep(clock, 20_000);
  const left = clock.nextWake() ?? 0;
  expect(left).toBeGreaterThan(15_000);
  expect(left).toBeLessThanOrEqual(20_000);
  clock.advance(20_000);
  await third.catch(() => {});
});

test('a sleep for longer than the deadline ends with the deadline, on that clock', async () => {
  const { clock, deadline, state } = asleep();
  const sleeping = deadline.sleep(clock, 900_000);
  clock.advance(clock.nextWake() ?? 0);
  await expect(sleeping).rejects.toThrow('The deadline comes before the end of this sleep.');
  expect(state.isExceeded).toBe(true);
});

test('a deadline does not come nearer while who has it sleeps on a frozen clock', async () => {
  const clock = new MovableClock();
  clock.freeze();
  let isExceeded = false;
  const deadline = startDeadline(40, () => {
    isExceeded = true;
  });
  const sleeping = deadline.sleep(clock, 10);
  await timeOf(120);
  expect(isExceeded).toBe(false);
  clock.advance(10);
  await sleeping;
  await timeOf(60);
  expect(isExceeded).toBe(true);
});

test('a sleep ends with the signal, and with the deadline cancelled nothing is exceeded', async () => {
  const { clock, deadline, state } = asleep();
  const end = new AbortController();
  const sleeping = deadline.sleep(clock, 1_000, end.signal);
  deadline.cancel();
  end.abort(new Error('The run is over.'));
  await expect(sleeping).rejects.toThrow('The run is over.');
  expect([clock.sleeping, state.isExceeded]).toEqual([0, false]);
});
