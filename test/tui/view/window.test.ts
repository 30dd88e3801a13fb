import { expect, test } from 'vitest';
import { windowOf } from '../../../src/tui/view/window.ts';

/** What is shown of ten items in so many rows while one of them is chosen. */
const shown = (index: number, rows: number, count = 10): string => {
  const { top, size, above, below } = windowOf(count, index, rows);
  return `${above}|${Array.from({ length: size }, (_, place) => top + place).join('')}|${below}`;
};

test.each([
  [0, 5, '0|0123|6'],
  [3, 5, '0|0123|6'],
  [4, 5, '2|234|5'],
  [5, 5, '3|345|4'],
  [6, 5, '6|6789|0'],
  [9, 5, '6|6789|0'],
  [9, 10, '0|0123456789|0'],
  [5, 3, '0|345|0'],
])('item %i in %i rows: %s', (index, rows, expected) => {
  expect(shown(index, rows)).toBe(expected);
});

test('every item is seen, whatever the number of rows', () => {
  for (let rows = 1; rows <= 12; rows++)
    for (let index = 0; index < 10; index++) {
      const { top, size, above, below } = windowOf(10, index, rows);
      expect([rows, index, index >= top && index < top + size]).toEqual([rows, index, true]);
      expect(size + Number(above > 0) + Number(below > 0)).toBeLessThanOrEqual(rows);
    }
});
