import { expect, test } from 'vitest';
import { isTooDeep, maxDepth } from '../../src/domain/depth.ts';

/** A value inside this many lists, or inside this many objects. */
const inLists = (levels: number): unknown =>
  Array(levels)
    .fill(0)
    .reduce((inner: unknown) => [inner], 1);
const inObjects = (levels: number): unknown =>
  Array(levels)
    .fill(0)
    .reduce((inner: unknown) => ({ inner }), 1);

test.each<[string, unknown, boolean]>([
  ['nothing', undefined, false],
  ['null', null, false],
  ['a text', 'text', false],
  ['an empty list', [], false],
  ['lists up to the limit', inLists(maxDepth), false],
  ['one list more', inLists(maxDepth + 1), true],
  ['objects up to the limit', inObjects(maxDepth), false],
  ['one object more', inObjects(maxDepth + 1), true],
  ['lists and objects, which count alike', [{ inner: inLists(maxDepth - 1) }], true],
  ['a deep part behind a thousand shallow ones', [...Array(1_000).fill([1]), inLists(maxDepth)], true],
  ['null on the lowest level', { inner: [null] }, false],
  ['a long list, which is not deep', Array(100_000).fill(1), false],
])('%s is too deep: %#', (_, value, expected) => {
  expect(isTooDeep(value)).toBe(expected);
});

test('a value that would overflow the stack of a recursive check is too deep', () => {
  expect(isTooDeep(inLists(100_000))).toBe(true);
});

test('a list inside of itself is too deep', () => {
  const circular: unknown[] = [];
  circular.push(circular);
  expect(isTooDeep(circular)).toBe(true);
});
