import { expect, test } from 'vitest';
import { noReplay } from '../../../src/tui/state/replay.ts';
import { lineText } from '../../../src/tui/text/line.ts';
import { replayLines } from '../../../src/tui/view/replay-lines.ts';

const answer = (text: string) => ({ bot: 'Bot', verb: 'says', text });
const last = {
  messages: [
    {
      id: 'm',
      from: 'Ada',
      body: 'hi',
      before: [answer('one')],
      after: [answer('two')],
      verdicts: [],
      problem: null,
    },
  ],
  milliseconds: 7,
  left: 0,
};

const show = (state: Partial<typeof noReplay>, width = 100) =>
  replayLines({ ...noReplay, ...state }, width).map(lineText);

test('what is new and what is missing has a mark', () => {
  expect(show({ isOn: true, last })).toEqual([
    'After each save, the last message of this group is sent again in a copy of it.',
    '',
    'Ada: hi',
    '- Bot says: one',
    '+ Bot says: two',
    '',
    'Replayed 1 message in 7 ms: 1 answered otherwise.',
  ]);
});

test.each([
  [{}, 'Replay is off. F5 sends the last message again'],
  [{ marked: ['a'] }, 'F5 sends the marked message again'],
  [{ isOn: true, marked: ['a', 'b'] }, 'After each save, the marked messages of this group'],
  [{ isOn: true, isRunning: true }, 'Replaying …'],
])('%j shows "%s"', (state, text) => {
  expect(show(state).join('\n')).toContain(text);
});

test('no line is wider than the pane', () => {
  for (const row of show({ isOn: true, last }, 20)) expect(row.length).toBeLessThanOrEqual(20);
});
