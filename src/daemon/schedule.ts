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

/** A command, the times at which it starts, and how it is started. */
interface Scheduled {
  cron: Cron;
  start: (isMissed: boolean) => Promise<void>;
}

/**
 * Runs the commands of the configuration's `schedule` at their times on the product's clock, in the daemon's local time.
 *
 * The database keeps when each command was last started. If times passed while no daemon ran, the command is
 * started once now, however many there were. A new command waits for its next time. `close()` waits for a command that has
 * just started.
 */
export async function startSchedule(app: App, reports: ScheduleReports): Promise<{ close(): Promise<void> }> {
  const scheduled = await Promise.all(
    Object.entries(app.config.schedule).map(([command, pattern]) =>
      prepareCommand(app, command, pattern, reports),
    ),
  );
  const end = new AbortController();
  // Only after all missed times are handled, so that a failure leaves nothing waiting.
  const running = scheduled.map((each) => startAlways(app.clock, each, end.signal));
  return {
    close: async () => {
      end.abort();
      await Promise.all(running);
    },
  };
}

/** Prepares a command, and runs it once now if it missed a time. */
async function prepareCommand(
  app: App,
  command: string,
  pattern: string,
  { onStart, onError }: ScheduleReports,
): Promise<Scheduled> {
  const cron = new Cron(pattern, { paused: true });
  const start = async (isMissed: boolean) => {
    try {
      onStart(command, isMissed);
      await app.store.schedule.setStarted(command, app.clock.now());
      await runCommand(app, command);
    } catch (error) {
      onError(error, command);
    }
  };
  const last = await app.store.schedule.lastStart(command);
  if (last === undefined) await app.store.schedule.setStarted(command, app.clock.now());
  else if (isDue(cron, last, app.clock)) await start(true);
  return { cron, start };
}

/** Starts a command at each of its times. Times that come while it runs, or that the clock is moved past, are one. */
async function startAlways(clock: Clock, { cron, start }: Scheduled, signal: AbortSignal): Promise<void> {
  for (let last = clock.milliseconds(); ; ) {
    const next = cron.nextRun(new Date(last));
    if (next === null) return;
    await clock.until(next.getTime(), signal).catch(() => {});
    if (signal.aborted) return;
    last = clock.milliseconds();
    await start(false);
  }
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
