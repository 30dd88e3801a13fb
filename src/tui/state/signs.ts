import type { SignsJson } from '../../client/index.ts';
import type { LongRun } from '../../simulate/host.ts';
import type { State } from './state.ts';

/** Something about the bots of the open group that stays until somebody mends it. */
export interface Sign {
  text: string;
  /** Whether bots do not do what they should. */
  isBad: boolean;
}

/** What the daemon says about the handlers, in words. */
export const signsOf = ({ broken, lost, unattached }: SignsJson): Sign[] => [
  ...broken.map(({ message }) => ({ text: message, isBad: true })),
  ...lost.map(({ handler, bot }) => ({
    text: `${handler} is attached to ${bot.name}, but no file has it any more: restore the file, or /detach ${handler}`,
    isBad: true,
  })),
  ...unattached.map(({ alias, class: className }) => ({
    text: `${className} is saved but attached to no bot here: /attach ${alias}`,
    isBad: false,
  })),
];

/** The handlers that have run for a while in the open group. */
export const longRuns = ({ status, threadId }: Pick<State, 'status' | 'threadId'>): readonly LongRun[] =>
  status?.runs.filter((run) => run.threadId === threadId) ?? [];

/** How long a handler has run, when it is ended, and how to end it now. */
export const longRunText = ({ handler, seconds, endsAtSecond }: LongRun): string =>
  `${handler} runs for ${seconds} s, ends at ${endsAtSecond} s; /cancel ends it`;

export const shortRunText = ({ handler, seconds, endsAtSecond }: LongRun): string =>
  `${handler} ${seconds}/${endsAtSecond} s, /cancel`;
