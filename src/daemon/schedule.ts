import { Cron } from 'croner';
import type { App } from '../app.ts';
import type { Clock } from '../base/clock.ts';
import { readScheduled } from '../config/schedule.ts';
import { queuePurge } from '../services/bots/purge-bots.ts';

/** Told of each command that was started, and of what went wrong. */
export interface ScheduleReports {
  onStart: (command: string, isMadeUp: boolean) => void;
  onError: (error: unknown, command: string) => void;
}

/**
 * Does the commands of the configuration's `schedule` at their times, by the daemon's local time.
 *
 * When each was last started is kept in the database: times that passed while no daemon ran are made up by one
 * start now, however many they were. A command that is new in the schedule begins with its next time.
 */
export async function startSchedule(app: App, reports: ScheduleReports): Promise<{ close(): void }> {
  const scheduled = await Promise.all(
    Object.entries(app.config.schedule).map(([command, pattern]) => makeUp(app, command, pattern, reports)),
  );
  // Not before all are made up for: what failed until here left no timer behind.
  for (const { cron, start } of scheduled) cron.schedule(start);
  return {
    close: () => {
      for (const { cron } of scheduled) cron.stop();
    },
  };
}

/** The times of a command and how it is started; once now, where times have passed. */
async function makeUp(
  app: App,
  command: string,
  pattern: string,
  { onStart, onError }: ScheduleReports,
): Promise<{ cron: Cron; start: () => Promise<void> }> {
  const start = async (isMadeUp: boolean) => {
    onStart(command, isMadeUp);
    await app.store.schedule.setStarted(command, app.clock.now());
    await doCommand(app, command);
  };
  const onFailure = (error: unknown) => onError(error, command);
  const cron = new Cron(pattern, { protect: true, catch: onFailure });
  const last = await app.store.schedule.lastStart(command);
  if (last === undefined) await app.store.schedule.setStarted(command, app.clock.now());
  else if (isDue(cron, last, app.clock)) await start(true).catch(onFailure);
  return { cron, start: () => start(false) };
}

/** Whether a time of the pattern has passed since a moment. */
function isDue(cron: Cron, last: string, clock: Clock): boolean {
  const next = cron.nextRun(new Date(last));
  return next !== null && next.getTime() <= clock.milliseconds();
}

async function doCommand(app: App, command: string): Promise<void> {
  const scheduled = readScheduled(command);
  if (scheduled) await queuePurge(app, scheduled.days);
}
