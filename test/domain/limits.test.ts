import { expect, test } from 'vitest';
import { jsonBytes, kilobytes } from '../../src/domain/limits.ts';

test.each<[unknown, number]>([
  [undefined, 0],
  [null, 4],
  ['', 2],
  ['é', 4],
  ['漢', 5],
  ['😄', 6],
  ['\ud83d', 8],
  ['"\\\n', 8],
  ['\u0000', 8],
  [{}, 2],
  [{ a: undefined }, 2],
  [[undefined], 6],
  [-0, 1],
  [1e21, 5],
])('%j as JSON has %i bytes', (value, bytes) => {
  expect(jsonBytes(value)).toBe(bytes);
});

test('a kilobyte has 1024 bytes', () => {
  expect([0, 1, 64].map(kilobytes)).toEqual([0, 1_024, 65_536]);
});
