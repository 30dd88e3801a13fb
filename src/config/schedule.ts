import { Cron } from 'croner';

/** A command that the daemon can do by itself. */
export interface ScheduledCommand {
  name: 'purge:bots';
  days: number;
}

/** The days of `purge:bots` where the schedule names none, as on the command line. */
const defaultDays = 30;

/**
 * Reads the left side of an entry of `schedule`; undefined when it is no command that can be scheduled.
 *
 * @example readScheduled('purge:bots --days 60') // { name: 'purge:bots', days: 60 }
 */
export function readScheduled(command: string): ScheduledCommand | undefined {
  const match = /^(?:messenger:)?purge:bots(?:\s+--days[ =](\d{1,5}))?$/.exec(command.trim());
  return match ? { name: 'purge:bots', days: Number(match[1] ?? defaultDays) } : undefined;
}

/** What is wrong with an entry of `schedule`, if anything. */
export function scheduleProblem(command: string, pattern: string): string | undefined {
  if (readScheduled(command) === undefined)
    return `"${command}" cannot be scheduled; write 'purge:bots' or 'purge:bots --days 60'`;
  try {
    new Cron(pattern, { paused: true }).stop();
    return undefined;
  } catch {
    return `"${pattern}" is no cron pattern; write one like '0 6 * * *'`;
  }
}
