import { expect, test } from 'vitest';
import { containsInOrder } from '../../src/base/contains-in-order.ts';

test.each([
  ['abc', ['abc'], true],
  ['abcd', ['abc'], false],
  ['abcd', ['abc', ''], true],
  ['zabc', ['', 'abc'], true],
  ['a--b--c', ['a', 'b', 'c'], true],
  ['a--c--b', ['a', 'b', 'c'], false],
  ['ab', ['ab', 'b'], false],
  ['a.b', ['a', '.', 'b'], true],
  ['line\nbreak', ['line', 'break'], true],
  ['', ['', ''], true],
])('%j contains %j in order: %s', (text, pieces, expected) => {
  expect(containsInOrder(text, pieces)).toBe(expected);
});
