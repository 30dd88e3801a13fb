import { expect, test } from 'vitest';
import { duration } from '../../src/base/duration.ts';

test.each([
  // A clock that was set back between two times.
  [-5, '0 ms'],
  [0, '0 ms'],
  [38, '38 ms'],
  [999, '999 ms'],
  [999.6, '1.0 s'],
  [1_000, '1.0 s'],
  [9_949, '9.9 s'],
  [9_950, '10 s'],
  [9_999, '10 s'],
  [10_000, '10 s'],
  [59_499, '59 s'],
  [59_500, '1 m'],
  [60_000, '1 m'],
  [61_000, '1 m 1 s'],
  [250_000, '4 m 10 s'],
  [3_599_000, '59 m 59 s'],
  [3_599_500, '1 h 0 m'],
  [3_660_000, '1 h 1 m'],
  [90_000_000, '25 h 0 m'],
])('%d milliseconds are %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});
