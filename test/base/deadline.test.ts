import { expect, test } from 'vitest';
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
  const cancel = startDeadline(20, () => {
    isExceeded = true;
  });
  cancel();
  cancel();
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
