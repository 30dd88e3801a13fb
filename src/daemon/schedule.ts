import { Cron } from 'croner';
import type { App } from '../app.ts';
import type { Clock } from '../base/clock.ts';
import { readScheduled } from '../config/schedule.ts';
import { queuePurge } from '../services/bots/purge-bots.ts';

/** Called for each command that was started, and for each error. */
export interface ScheduleReports {
  onStart: (command: string, isMissed: boolean) => void;
  onError: (error: unknown, command: string) => void;
}

/**
 * Runs the commands of the configuration's `schedule` at their times, in the daemon's local time.
 *
 * The database keeps when each command was last started. If times passed while no daemon ran, the command is
 * started once now, however many there were. A new command waits for its next time.
 */
export async function startSchedule(app: App, reports: ScheduleReports): Promise<{ close(): void }> {
  const scheduled = await Promise.all(
    Object.entries(app.config.schedule).map(([command, pattern]) =>
      prepareCommand(app, command, pattern, reports),
    ),
  );
  // Start timers only after all missed times are handled, so that a failure leaves no timer running.
  for (const { cron, start } of scheduled) cron.schedule(start);
  return {
    close: () => {
      for (const { cron } of scheduled) cron.stop();
    },
  };
}

/** Prepares a command's timer, and runs the command once now if it missed a time. */
async function prepareCommand(
  app: App,
  command: string,
  pattern: string,
  { onStart, onError }: ScheduleReports,
): Promise<{ cron: Cron; start: () => Promise<void> }> {
  const start = async (isMissed: boolean) => {
    onStart(command, isMissed);
    await app.store.schedule.setStarted(command, app.clock.now());
    await runCommand(app, command);
  };
  const onFailure = (error: unknown) => onError(error, command);
  const cron = new Cron(pattern, { protect: true, catch: onFailure });
  const last = await app.store.schedule.lastStart(command);
  if (last === undefined) await app.store.schedule.setStarted(command, app.clock.now());
  else if (isDue(cron, last, app.clock)) await start(true).catch(onFailure);
  return { cron, start: () => start(false) };
}

/** Whether a time of the pattern has passed since the last start. */
function isDue(cron: Cron, last: string, clock: Clock): boolean {
  const next = cron.nextRun(new Date(last));
  return next !== null && next.getTime() <= clock.milliseconds();
}

async function runCommand(app: App, command: string): Promise<void> {
  const scheduled = readScheduled(command);
  if (scheduled) await queuePurge(app, scheduled.days);
}
