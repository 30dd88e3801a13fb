import { expect, test } from 'vitest';
import { ansiToSvg } from '../../scripts/ansi-svg.ts';

/** The texts of a picture: where each begins, and how it looks. */
const textsOf = (screen: string) =>
  [
    ...ansiToSvg(screen, 20, 'a title').matchAll(
      /<text x="(.*?)" y="(.*?)" fill="(.*?)"(.*?)>(.*?)<\/text>/g,
    ),
  ].map(([, x, y, fill, look, text]) => ({ x, y, fill, look, text }));

test('a text is drawn in its cell, and as wide as its cells', () => {
  expect(textsOf('\n  a👋')).toEqual([
    { x: '28.8', y: '44', fill: '#d7dae0', look: ' textLength="25.2"', text: 'a👋' },
  ]);
});

test.each([
  ['\u001b[31mno', '#f07178', ''],
  ['\u001b[1;36mme', '#5fd0d0', ' font-weight="bold"'],
  ['\u001b[2m\u001b[3mold', '#d7dae0', ' font-style="italic" opacity=".6"'],
  ['\u001b[31m\u001b[0mno', '#d7dae0', ''],
  ['\u001b[1;2m\u001b[22mno', '#d7dae0', ''],
])('the look of %j is kept', (screen, fill, look) => {
  expect(textsOf(screen)).toEqual([expect.objectContaining({ fill, look: expect.stringContaining(look) })]);
});

test('a look goes on in the next row', () => {
  expect(textsOf('\u001b[32ma\nb').map(({ fill }) => fill)).toEqual(['#a5d97b', '#a5d97b']);
});

test('inverse text stands in a box of its colour', () => {
  const picture = ansiToSvg('\u001b[7m a ', 20, 'a title');
  expect(picture).toContain('<rect x="12" y="12" width="25.2" height="18" fill="#d7dae0"/>');
  expect(picture).toContain('fill="#15181e" textLength="8.4">a</text>');
});

test('texts are escaped, and keep their blanks', () => {
  expect(textsOf('a <b>  &').map(({ text }) => text)).toEqual(['a &lt;b&gt;\u00a0 &amp;']);
});

test('a code that is not drawn is an error', () => {
  expect(() => ansiToSvg('\u001b[38;5;1mno', 20, 'a title')).toThrow('cannot show SGR 38');
});
