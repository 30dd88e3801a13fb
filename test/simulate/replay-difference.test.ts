import { expect, test } from 'vitest';
import type { ReplayAnswer, ReplayedMessage } from '../../src/domain/replay.ts';
import { differenceText, isChanged, replaySentence } from '../../src/simulate/replay-difference.ts';

const says = (text: string, bot = 'Bot'): ReplayAnswer => ({ bot, verb: 'says', text });

const message = (
  before: string[],
  after: string[],
  more: Partial<ReplayedMessage> = {},
): ReplayedMessage => ({
  id: 'm1',
  from: 'Ada',
  body: 'hi',
  before: before.map((text) => says(text)),
  after: after.map((text) => says(text)),
  verdicts: [],
  problem: null,
  ...more,
});

const rowsOf = (each: ReplayedMessage) =>
  differenceText({ messages: [each], milliseconds: 1, left: 0 })
    .split('\n')
    .slice(1)
    .map((row) => row.replace('Bot says: ', ''));

test.each<[string[], string[], string[]]>([
  [[], [], []],
  [['a'], ['a'], ['  a']],
  [['a'], [], ['- a']],
  [[], ['a'], ['+ a']],
  [['a'], ['b'], ['- a', '+ b']],
  [
    ['a', 'b', 'c'],
    ['a', 'x', 'c'],
    ['  a', '- b', '+ x', '  c'],
  ],
  [
    ['a', 'b'],
    ['b', 'a'],
    ['- a', '  b', '+ a'],
  ],
  [['a', 'a'], ['a'], ['  a', '- a']],
])('%j and then %j differ by %j', (before, after, rows) => {
  expect(rowsOf(message(before, after))).toEqual(rows);
  expect(isChanged(message(before, after))).toBe(rows.some((row) => !row.startsWith('  ')));
});

test('another verdict and a problem are shown', () => {
  const verdict = { bot: 'Bot', handler: 'hello', before: 'no match', after: 'fired in 3 ms' };
  expect(rowsOf(message([], [], { verdicts: [verdict], problem: 'Bob is gone.' }))).toEqual([
    '~ hello: fired in 3 ms (before: no match)',
    '! Bob is gone.',
  ]);
});

test.each([
  [[], 0, 'There is no message of a person here that could be sent again.'],
  [[message(['a'], ['a'])], 0, 'Replayed 1 message in 7 ms: answered as before.'],
  [
    [message(['a'], ['b']), message([], [])],
    3,
    'Replayed 2 messages in 7 ms: 1 answered otherwise, 3 left out.',
  ],
])('a replay of %j is told in a sentence', (messages, left, sentence) => {
  expect(replaySentence({ messages, left, milliseconds: 7 })).toBe(sentence);
});
