import { expect, test } from 'vitest';
import { shownMinute, shownMoment, shownTime } from '../../src/base/shown-time.ts';

test.each([
  [shownMoment, '2022-04-26 00:13:42'],
  [shownMinute, '2022-04-26 00:13'],
  [shownTime, '00:13:42'],
])('$name shows a moment as people read it', (show, expected) => {
  expect(show('2022-04-26T00:13:42.000000Z')).toBe(expected);
});
