import { expect, test } from 'vitest';
import {
  newLogView,
  nextLogSource,
  scrollLog,
  shownLogs,
  toggleTroubles,
  withLog,
} from '../../../src/tui/state/log.ts';
import { initialState, type State } from '../../../src/tui/state/state.ts';
import { atOps, logged } from '../../support/tui.tsx';

const three = atOps([], {
  logs: [
    logged(1, 'one'),
    logged(2, 'two', { level: 'error' }),
    logged(3, 'three', { source: 'roll', level: 'warn' }),
  ],
});
const add = (state: State) => withLog(state, { at: '', level: 'printed', source: 'hello', text: 'four' });
const up = (state: State) => scrollLog(state, -1);
const down = (state: State) => scrollLog(state, 1);
const start = (state: State) => scrollLog(state, -500);

test.each<[string, Array<(state: State) => State>, string, number]>([
  ['follows what is added', [add], 'one two three four', 0],
  ['stays where it was scrolled to', [up, add], 'one two', 2],
  ['follows again at its end', [up, down, add], 'one two three four', 0],
  ['keeps its first line in sight', [start, up], 'one', 2],
  ['goes back to its end', [start, (state) => scrollLog(state, 500)], 'one two three', 0],
  ['shows warnings and errors only', [toggleTroubles, add], 'two three', 0],
  ['shows all again', [toggleTroubles, toggleTroubles], 'one two three', 0],
  ['shows one handler', [nextLogSource], 'one two', 0],
  ['shows the next handler', [nextLogSource, nextLogSource], 'three', 0],
  ['shows all after the last handler', [nextLogSource, nextLogSource, nextLogSource], 'one two three', 0],
])('the log %s', (_, changes, texts, below) => {
  const state = changes.reduce((before, change) => change(before), three);
  const shown = shownLogs(state);
  expect([shown.shown.map(({ text }) => text).join(' '), shown.below]).toEqual([texts, below]);
});

test('the last 500 lines are kept, oldest first', () => {
  let state: State = { ...initialState, logView: newLogView };
  for (let line = 1; line <= 501; line++) state = add(state);
  expect([state.logs.length, state.logs[0]?.id, state.logs.at(-1)?.id]).toEqual([500, 2, 501]);
});
