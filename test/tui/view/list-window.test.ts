import { expect, test } from 'vitest';
import { listWindow } from '../../../src/tui/view/list-window.ts';

test.each([1, 2, 3, 4, 5, 9, 40])(
  'a window of %i rows has the cursor in it and is never higher',
  (height) => {
    for (const count of [0, 1, 3, 10, 30, 100])
      for (const total of [count, count + 5])
        for (let cursor = 0; cursor < Math.max(1, count); cursor++) {
          const { from, to, above, below } = listWindow({ count, cursor, total }, height);
          const rows = to - from + Number(above > 0) + Number(below > 0);
          const facts = { count, total, cursor, from, to, above, below };
          expect(rows, JSON.stringify(facts)).toBeLessThanOrEqual(height);
          if (count > 0) expect(from <= cursor && cursor < to, JSON.stringify(facts)).toBe(true);
          if (above + below > 0) expect(above + (to - from) + below, JSON.stringify(facts)).toBe(total);
        }
  },
);

test('a list that fits is shown whole', () => {
  expect(listWindow({ count: 4, cursor: 3 }, 4)).toEqual({ from: 0, to: 4, above: 0, below: 0 });
});

test('what is not loaded is counted, and leaves no rows empty', () => {
  expect(listWindow({ count: 100, cursor: 99, total: 5_000 }, 10)).toEqual({
    ...{ from: 92, to: 100 },
    ...{ above: 92, below: 4_900 },
  });
});
