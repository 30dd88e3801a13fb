import { Cron } from 'croner';

/** A command that the daemon can run by itself. */
export interface ScheduledCommand {
  name: 'purge:bots';
  days: number;
}

/** The days of `purge:bots` when the schedule does not specify them, as on the command line. */
const defaultDays = 30;

/**
 * Parses the key of an entry of `schedule`; undefined for a command that cannot be scheduled.
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
    return `"${command}" cannot be scheduled; use 'purge:bots' or 'purge:bots --days 60'`;
  const next = nextRun(pattern);
  if (next === undefined) return `"${pattern}" is not a cron pattern; use one like '0 6 * * *'`;
  return next === null
    ? `"${pattern}" never matches: there is no such day in the future; use a pattern like '0 6 * * *'`
    : undefined;
}

/** The next time a pattern matches; null if never, undefined for an invalid pattern. */
function nextRun(pattern: string): Date | null | undefined {
  try {
    return new Cron(pattern, { paused: true }).nextRun();
  } catch {
    return undefined;
  }
}
