import { expect, test } from 'vitest';
import { characters, isLonger } from '../../src/domain/characters.ts';

test.each([
  ['', 0],
  ['abc', 3],
  ['äöü', 3],
  ['a\u0308', 2],
  ['😄', 1],
  ['👍🏽', 2],
  ['👨‍👩‍👧', 5],
  ['\ud83d', 1],
  ['\u0000\n', 2],
])('%j has %i characters', (value, count) => {
  expect(characters(value)).toBe(count);
  expect([isLonger(value, count), isLonger(value, count - 1)]).toEqual([false, true]);
});
