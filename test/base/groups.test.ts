import { expect, test } from 'vitest';
import { Groups } from '../../src/base/groups.ts';

test('items are grouped by key, oldest first, each once', () => {
  const groups = new Groups<string, number>();
  for (const [key, item] of [
    ['a', 2],
    ['b', 1],
    ['a', 1],
    ['a', 2],
  ] as const)
    groups.add(key, item);
  expect([[...groups.of('a')], [...groups.of('b')], [...groups.of('c')]]).toEqual([[2, 1], [1], []]);
});

test('a deleted item is gone from its group only', () => {
  const groups = new Groups<string, number>();
  for (const key of ['a', 'b']) groups.add(key, 1);
  groups.delete('a', 1);
  groups.delete('a', 1);
  groups.delete('c', 1);
  groups.delete('b', 2);
  expect([[...groups.of('a')], [...groups.of('b')]]).toEqual([[], [1]]);
});

test('a group that became empty begins anew', () => {
  const groups = new Groups<string, number>();
  groups.add('a', 1);
  const before = groups.of('a');
  groups.delete('a', 1);
  groups.add('a', 2);
  expect([[...before], [...groups.of('a')]]).toEqual([[], [2]]);
});
