import { formatSpan, parseSpan } from '../../base/span.ts';
import { type ClockChange, type ClockState, endOfTime } from '../../domain/clock-state.ts';
import type { Command } from '../command.ts';
import { reject, type Session } from '../session.ts';

/** The command for the clock. */
export const clockCommands: readonly Command[] = [
  {
    name: 'clock',
    usage: '[+15m|freeze|resume|until-idle]',
    summary: 'show the clock, move it forward, stop it, or let it run again',
    choices: (_, before) => (before.length === 0 ? ['+15m', 'freeze', 'resume', 'until-idle'] : []),
    run: changeClock,
  },
];

const words = ['freeze', 'resume', 'until-idle'] as const;

const usage =
  'Write "/clock +15m" (or like +90s, +1h30m, +2d), "/clock freeze", "/clock resume", "/clock until-idle", or "/clock" alone.';

/**
 * Reads what to do with the clock.
 *
 * @throws WRONG_USE
 */
export function readClockChange(text: string): ClockChange {
  if (text === '') return { to: 'show' };
  const word = words.find((each) => each === text);
  if (word) return { to: word };
  if (text.startsWith('-')) reject(`The clock only goes forward, and "${text}" would set it back. ${usage}`);
  const milliseconds = text.startsWith('+') ? parseSpan(text.slice(1).trim()) : undefined;
  if (milliseconds === undefined) reject(`"${text}" is not something the clock can do. ${usage}`);
  return { to: 'advance', milliseconds };
}

async function changeClock(session: Session, text: string): Promise<void> {
  const change = readClockChange(text);
  const before = await session.host.clock({ to: 'show' });
  if (change.to === 'advance') assertWithinTime(before, change.milliseconds);
  const after = change.to === 'show' ? before : await session.host.clock(change);
  const isIdle = change.to === 'until-idle' && after.moved === before.moved;
  session.notice(`${isIdle ? 'Nothing waits for the clock. ' : ''}${clockSentence(after)}`, { clock: after });
}

/** @throws WRONG_USE */
function assertWithinTime({ time }: ClockState, milliseconds: number): void {
  if (Date.parse(time) + milliseconds > endOfTime) reject('The clock cannot be moved beyond the year 9999.');
}

/** Says what a clock shows. */
export function clockSentence({ time, frozen, moved }: ClockState): string {
  const states = [
    ...(moved > 0 ? [`moved forward by ${formatSpan(moved)}`] : []),
    ...(frozen ? ['frozen'] : []),
  ];
  const state = states.length > 0 ? states.join(' and ') : 'running in real time';
  return `The clock says ${localTime(new Date(time))}, ${state}.`;
}

/** A time as people here write it: `2026-11-30 14:05:09`. */
function localTime(time: Date): string {
  const [year, ...others] = [
    time.getFullYear(),
    time.getMonth() + 1,
    time.getDate(),
    time.getHours(),
    time.getMinutes(),
    time.getSeconds(),
  ];
  const [month, day, hours, minutes, seconds] = others.map((part) => String(part).padStart(2, '0'));
  return `${year}-${month}-${day} ${hours}:${minutes}:${seconds}`;
}
