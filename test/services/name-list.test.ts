import { expect, test } from 'vitest';
import { nameList } from '../../src/services/name-list.ts';

test.each([
  [[], ''],
  [['Ada'], 'Ada'],
  [['Ada', 'Bob'], 'Ada and Bob'],
  [['Ada', 'Bob', 'Cleo'], 'Ada, Bob and Cleo'],
  [['Ada', 'Bob', 'Cleo', 'Dan'], 'Ada, Bob, Cleo, and 1 other'],
  [['Ada', 'Bob', 'Cleo', 'Dan', 'Eve'], 'Ada, Bob, Cleo, and 2 others'],
  [['漢字', 'and', 'a, b'], '漢字, and and a, b'],
])('the names %j read as "%s"', (names, expected) => {
  expect(nameList(names)).toBe(expected);
});
