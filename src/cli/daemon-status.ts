import type { DaemonStatus } from '../daemon/status.ts';
import { table } from './table.ts';
import { counted } from './text.ts';

/** Shown when messages trigger no bots. */
export const botsOff =
  'Bots are off, so no message is answered. Set MESSENGER_BOTS_ENABLED=true, or bots.enabled in messenger.config.ts.';

const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;

/**
 * Formats seconds for people.
 *
 * @example duration(3700) // '1 h 1 min'
 */
export function duration(seconds: number): string {
  const parts: Array<[number, string]> = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [Math.floor(seconds) % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  const shown = first === -1 ? parts.slice(-1) : parts.slice(first, first + 2);
  return shown.map(([count, unit]) => `${count} ${unit}`).join(' ');
}

/** A daemon's status as lines for people. */
export async function statusLines({
  pid,
  url,
  uptime,
  bots,
  queue,
  runs,
  memory,
}: DaemonStatus): Promise<string[]> {
  const lines: Array<[string, string]> = [
    ['Daemon', `process ${pid} at ${url}, up ${duration(uptime)}, ${megabytes(memory.rss)}`],
    [
      'Bots',
      `${bots.enabled ? 'on' : 'off'}, ${counted(bots.handlers, 'handler')}, ${counted(bots.packages, 'package')}`,
    ],
    ['Queue', `${queueText(queue)} (${queue.channel}${queue.inline ? '' : ', done by queue:work'})`],
    ['Runs', `${runs.lastMinute} in the last minute; ${runs.handled} handled, ${runs.failed} failed`],
    ['Reloads', String(runs.reloads)],
  ];
  return [
    ...lines.map(([name, text]) => `${name.padEnd(9)}${text}`),
    ...bots.loading.map((file) => `Loading  ${file}`),
    ...bots.problems.map((problem) => `Problem  ${problem}`),
    ...(await slowest(runs.slowest)),
  ];
}

const queueText = ({ waiting, ready, running, failed }: DaemonStatus['queue']): string =>
  `${waiting + ready} waiting, ${running} running, ${failed} given up`;

async function slowest(handlers: DaemonStatus['runs']['slowest']): Promise<string[]> {
  if (handlers.length === 0) return [];
  const rows = handlers.map(({ handler, runs, failed, average, slowest }) =>
    [handler, runs, failed, `${average} ms`, `${slowest} ms`].map(String),
  );
  return ['', await table(['SLOWEST HANDLERS', 'RUNS', 'FAILED', 'AVERAGE', 'SLOWEST'], rows)];
}
