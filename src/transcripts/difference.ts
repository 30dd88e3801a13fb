import { indented } from '../base/terminal-text.ts';
import type { Observed } from './observed.ts';
import { type Cause, type Exchange, isAsExpected } from './played.ts';
import type { Line } from './transcript.ts';

/** A line of a chat with what is wrong about it: `-` was expected, `+` was found, `!` says why. */
export interface DifferenceLine {
  mark: ' ' | '-' | '+' | '!';
  text: string;
}

/** How many exchanges are shown before each that is not as expected. */
const context = 1;

/** The part of a chat that did not go as it is written, with what was said just before. Empty if all of it did. */
export function differenceOf(exchanges: readonly Exchange[]): DifferenceLine[] {
  const wrong = exchanges.map((exchange) => !isAsExpected(exchange));
  const lines: DifferenceLine[] = [];
  let isGap = false;
  exchanges.forEach((exchange, index) => {
    const isShown = wrong.slice(index, index + context + 1).includes(true);
    if (isShown && isGap) lines.push({ mark: ' ', text: '…' });
    if (isShown) lines.push(...linesOf(exchange));
    isGap = !isShown;
  });
  return lines;
}

/** The lines as they are printed, the later ones of a text below its first. */
export const formatDifference = (lines: readonly DifferenceLine[]): string =>
  lines.map(({ mark, text }) => `${mark} ${indented(text, 2)}`).join('\n');

function linesOf({ cause, pairs, verdicts, problem }: Exchange): DifferenceLine[] {
  return [
    ...(cause ? [{ mark: ' ', text: causeText(cause) } as const] : []),
    ...pairs.map(({ expected, found }): DifferenceLine => {
      if (found) return { mark: expected ? ' ' : '+', text: foundText(found) };
      return { mark: '-', text: expected ? lineText(expected) : '' };
    }),
    ...[...(problem === undefined ? [] : [problem]), ...verdicts].map(
      (text): DifferenceLine => ({ mark: '!', text }),
    ),
  ];
}

const causeText = (cause: Cause): string =>
  cause.kind === 'clock' ? `clock: ${cause.move}` : lineText(cause);

const lineText = ({ who, verb, text, to }: Line): string => chatText(who, verb, text, to);

function foundText({ bot, verb, text, to, stack }: Observed): string {
  const shownTo = verb === 'says' ? to : undefined;
  return `${chatText(bot, verb, text, shownTo)}${stack ? `\n  ${indented(stack, 2)}` : ''}`;
}

const chatText = (who: string, verb: string, text: string, to: string | undefined): string => {
  const lead = verb === 'says' ? who : `${who} ${verb}`;
  const reply = to === undefined ? '' : `  (to: ${to})`;
  return text === '' && verb !== 'says' ? lead : `${lead}: ${text}${reply}`;
};
