import { expect, test } from 'vitest';
import { markMessage, rangeOf } from '../../../src/tui/state/replay.ts';
import { initialState } from '../../../src/tui/state/state.ts';

test.each([
  [[], null],
  [['a'], ['a', 'a']],
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
  [['a', 'b', 'c'], null],
  [
    ['a', 'b', 'c', 'd'],
    ['d', 'd'],
  ],
])('after the marks %j the range is %j', (marks, range) => {
  expect(rangeOf(marks.reduce(markMessage, initialState))).toEqual(range);
});
