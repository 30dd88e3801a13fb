import { expect, test } from 'vitest';
import { themeOf } from '../../src/tui/theme.ts';

const colours = themeOf({});

test.each([
  [{}, true],
  [{ NO_COLOR: '' }, true],
  [{ NO_COLOR: '1' }, false],
  [{ NO_COLOR: '0' }, false],
  [{ NO_COLOR: 'false' }, false],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true],
  [{ FORCE_COLOR: '' }, true],
  [{ FORCE_COLOR: '0' }, false],
  [{ FORCE_COLOR: 'false' }, false],
])('with %j there are colours: %j', (environment, hasColours) => {
  expect(Object.values(themeOf(environment)).some((look) => 'color' in look)).toBe(hasColours);
});

test('without colours all else remains, so that the focus and what is chosen can be seen', () => {
  const plain = themeOf({ NO_COLOR: '1' });
  expect(Object.keys(plain)).toEqual(Object.keys(colours));
  expect([plain.focused, plain.chosen, plain.bot, plain.good]).toEqual([
    { bold: true, inverse: true },
    { inverse: true },
    { bold: true },
    {},
  ]);
});

test('every colour can be read on a light background', () => {
  const used = Object.values(colours).flatMap(({ color }) => (color === undefined ? [] : [color]));
  expect([...new Set(used)].sort()).toEqual(['blue', 'cyan', 'green', 'magenta', 'red']);
});

test('the theme with colours stays as it is', () => {
  themeOf({ NO_COLOR: '1' });
  expect(themeOf({}).bad).toEqual({ color: 'red' });
});
