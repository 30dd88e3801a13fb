import { describe, expect, onTestFinished, test } from 'vitest';
import { openApp } from '../../src/app.ts';
import { MovableClock, timestamp } from '../../src/base/clock.ts';
import { startSchedule } from '../../src/daemon/schedule.ts';
import { daemonWorkspace } from '../support/daemons.ts';

const daily = 'purge:bots --days 7';
/** Five minutes past six, local time, on some day. */
const now = new Date(2026, 4, 20, 6, 5).getTime();
const hour = 3_600_000;

/** A daemon's schedule that was started last so many milliseconds ago; the commands it starts now. */
async function started(lastStart: number | undefined, pattern = '0 6 * * *') {
  const workspace = daemonWorkspace({}, { schedule: { [daily]: pattern } });
  const app = await openApp({ workspace, clock: new MovableClock(() => now) });
  if (lastStart !== undefined) await app.store.schedule.setStarted(daily, timestamp(lastStart));
  const commands: Array<[string, boolean]> = [];
  const schedule = await startSchedule(app, {
    onStart: (command, isMissed) => commands.push([command, isMissed]),
    onError: (error) => expect.fail(String(error)),
  });
  onTestFinished(async () => {
    await schedule.close();
    await app.close();
  });
  const jobs = await app.store.jobs.counts('messenger-bots');
  return { commands, jobs: jobs.ready, last: await app.store.schedule.lastStart(daily) };
}

test.each([
  ['is new in the schedule', undefined, 0],
  ['was started at its last time', now - 4 * 60_000, 0],
  ['missed its last time', now - hour, 1],
  ['missed a month of times', now - 30 * 24 * hour, 1],
  ['was started in the future, by a clock that was set back since', now + hour, 0],
])('a command that %s', async (_, lastStart, starts) => {
  const { commands, jobs } = await started(lastStart);
  expect(commands).toEqual(Array.from({ length: starts }, () => [daily, true]));
  expect(jobs).toBe(starts);
});

test('a start is remembered, so that the next daemon makes up nothing', async () => {
  const { last = '' } = await started(now - hour);
  expect(Date.parse(last)).toBe(now);
});

test('a time that comes while the daemon runs starts its command', async () => {
  const workspace = daemonWorkspace({}, { schedule: { 'purge:bots': '* * * * * *' } });
  const app = await openApp({ workspace });
  const heard = await new Promise((resolve, reject) => {
    const schedule = startSchedule(app, {
      onStart: (command, isMissed) => resolve([command, isMissed]),
      onError: reject,
    });
    onTestFinished(async () => {
      await (await schedule).close();
      await app.close();
    });
  });
  expect(heard).toEqual(['purge:bots', false]);
});

describe('on a clock that is moved', () => {
  const standing = async (pattern: string) => {
    const clock = new MovableClock(() => now);
    const app = await openApp({
      workspace: daemonWorkspace({}, { schedule: { [daily]: pattern } }),
      clock,
    });
    const commands: string[] = [];
    const schedule = await startSchedule(app, {
      onStart: (command, isMissed) => commands.push(`${command}${isMissed ? ' missed' : ''}`),
      onError: (error) => expect.fail(String(error)),
    });
    onTestFinished(async () => {
      await schedule.close();
      await app.close();
    });
    const jobs = async () => (await app.store.jobs.counts('messenger-bots')).ready;
    return { clock, commands, jobs };
  };

  test('a command starts when it is moved past its time, once however many times that were', async () => {
    const { clock, commands, jobs } = await standing('0 * * * *');
    clock.advance(54 * 60_000);
    expect(await jobs()).toBe(0);
    clock.advance(60_000);
    await expect.poll(jobs).toBe(1);
    clock.advance(5 * hour);
    await expect.poll(() => commands).toEqual([daily, daily]);
  });

  test('nothing starts while it stands still', async () => {
    const { clock, commands, jobs } = await standing('* * * * * *');
    clock.freeze();
    expect([commands, await jobs()]).toEqual([[], 0]);
    clock.advance(1_000);
    await expect.poll(jobs).toBe(1);
  });
});
