import { longRuns, longRunText } from '../state/signs.ts';
import type { State } from '../state/state.ts';
import { type Line, line, lines } from '../text/line.ts';
import { safe } from '../text/width.ts';

/** What is going on with the bots, and what is wrong with their handlers: above the bots, until it is over. */
export function signLines(state: State, width: number): Line[] {
  const running = longRuns(state).flatMap((run) => lines(safe(longRunText(run)), width, 'warning', '… '));
  const signs = state.signs.flatMap(({ text, isBad }) =>
    lines(safe(text), width, isBad ? 'bad' : 'warning', isBad ? '✗ ' : '! '),
  );
  return running.length + signs.length === 0 ? [] : [...running, ...signs, line('')];
}
