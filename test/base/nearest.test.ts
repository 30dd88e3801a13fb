import { expect, test } from 'vitest';
import { didYouMean, nearest } from '../../src/base/nearest.ts';

const known = ['cooldown', 'admin_only', 'enabled', 'replies', 'id'];

test.each([
  ['cooldwn', 'cooldown'],
  ['adminOnly', 'admin_only'],
  ['ENABLED', 'enabled'],
  ['reply', undefined],
  ['repleis', 'replies'],
  ['xyzzy', undefined],
  ['', undefined],
])('the nearest to %j is %s', (name, expected) => {
  expect(nearest(name, known)).toBe(expected);
});

test('it is asked about, or nothing is', () => {
  expect([didYouMean('repleis', known), didYouMean('xyzzy', known)]).toEqual([
    ' Did you mean "replies"?',
    '',
  ]);
});
