import { expect, test } from 'vitest';
import { formatSpan, parseSpan, writeSpan } from '../../src/base/span.ts';

test.each([
  ['90s', 90_000],
  ['15m', 900_000],
  ['1h30m', 5_400_000],
  ['2d', 172_800_000],
  ['1d2h3m4s5ms', 93_784_005],
  ['250ms', 250],
  ['1m250ms', 60_250],
  ['0s', 0],
  ['36500d', 36_500 * 86_400_000],
])('%s is a span of %d ms', (text, milliseconds) => {
  expect(parseSpan(text)).toBe(milliseconds);
});

test.each([
  ['', 'is empty'],
  ['15', 'has no unit'],
  ['m', 'has no number'],
  ['15x', 'has an unknown unit'],
  ['15 m', 'has a blank'],
  ['1.5h', 'has a fraction'],
  ['-5m', 'goes back'],
  ['+5m', 'has a sign, which is not part of it'],
  ['5m1h', 'has its units in another order'],
  ['5m5m', 'has a unit twice'],
  ['15M', 'has a capital'],
  ['36501d', 'is longer than a hundred years'],
  [`${'9'.repeat(400)}s`, 'is infinite'],
])('"%s" is no span: it %s', (text) => {
  expect(parseSpan(text)).toBeUndefined();
});

test.each([
  [0, '0s'],
  [1, '1ms'],
  [999, '999ms'],
  [1_000, '1s'],
  [1_999, '1s'],
  [90_000, '1m30s'],
  [5_400_000, '1h30m'],
  [172_800_000, '2d'],
  [86_461_000, '1d1m1s'],
])('%d ms are written as %s', (milliseconds, text) => {
  expect(formatSpan(milliseconds)).toBe(text);
});

test.each([
  [0, '0s'],
  [999, '999ms'],
  [4_999, '4s999ms'],
  [60_001, '1m1ms'],
])('%d ms are written exactly as %s', (milliseconds, text) => {
  expect(writeSpan(milliseconds)).toBe(text);
  expect(parseSpan(text)).toBe(milliseconds);
});
