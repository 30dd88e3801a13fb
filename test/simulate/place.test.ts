import { expect, test } from 'vitest';
import { placeOf } from '../../src/simulate/place.ts';

const now = new Date(2026, 2, 1, 14, 5, 9);

test.each([
  ['first', 'first'],
  [' LAST ', 'last'],
  ['today', new Date(2026, 2, 1)],
  ['yesterday', new Date(2026, 1, 28)],
  ['2026-02-28', new Date(2026, 1, 28)],
  ['2026-1-5', new Date(2026, 0, 5)],
  ['09:30', new Date(2026, 2, 1, 9, 30)],
  ['9:30', new Date(2026, 2, 1, 9, 30)],
  ['yesterday 23:59', new Date(2026, 1, 28, 23, 59)],
  ['2026-02-28 00:00', new Date(2026, 1, 28)],
  ['2026-02-28T07:15', new Date(2026, 1, 28, 7, 15)],
])('"%s" is a place', (text, place) => {
  expect(placeOf(text, now)).toEqual(place);
});

test.each([
  '',
  '1999',
  'tomorrow',
  '2026-02-31',
  '2026-13-01',
  '24:00',
  '12:60',
  '2026-02-28 noon',
  'first 09:30',
])('"%s" is no place', (text) => {
  expect(placeOf(text, now)).toBeUndefined();
});
