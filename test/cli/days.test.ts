import { expect, test } from 'vitest';
import { parseDays } from '../../src/cli/days.ts';

test.each([
  ['0', 0],
  ['30', 30],
  ['007', 7],
  ['0.5', 0.5],
  ['36500', 36_500],
  ['36500.0', 36_500],
])('"%s" is a number of days', (text, days) => {
  expect(parseDays(text)).toBe(days);
});

test.each([
  '',
  ' ',
  '-1',
  '+1',
  '.5',
  '5.',
  '1e2',
  '0x1',
  '1,5',
  '36500.1',
  '36501',
  '9'.repeat(400),
  'Infinity',
  'NaN',
  '3 days',
  '30\n',
])('%j is none', (text) => {
  expect(() => parseDays(text)).toThrow('It must be a number of days up to 36500, like 30.');
});
