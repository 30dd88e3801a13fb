import { describe, expect, test } from 'vitest';
import {
  cutLine,
  justified,
  type Line,
  line,
  lines,
  lineText,
  lineWidth,
} from '../../../src/tui/text/line.ts';
import { textsOf } from '../../support/tui-data.ts';

describe('a text as lines', () => {
  test.each<[string, string, number, string, string[]]>([
    ['without a lead', 'one two', 5, '', ['one', 'two']],
    ['with a lead is indented to match', 'one two', 6, '! ', ['! one', '  two']],
    ['with a wide lead', 'one two', 8, '李李 ', ['李李 one', '     two']],
    ['that is empty is one line', '', 5, '! ', ['! ']],
    ['keeps empty lines', 'one\n\ntwo', 9, '! ', ['! one', '  ', '  two']],
    ['with a lead wider than the room has one character on each', 'abc', 2, '>>>', ['>>>a', '   b', '   c']],
  ])('%s', (_, text, width, lead, rows) => {
    expect(textsOf(lines(text, width, 'bad', lead))).toEqual(rows);
  });

  test('has one style', () => {
    expect(lines('a b', 1, 'bad')).toEqual([line('a', 'bad'), line('b', 'bad')]);
    expect(line('a')).toEqual([{ text: 'a', style: 'plain' }]);
  });
});

describe('two texts on one line', () => {
  test.each([
    ['a', 'z', 5, 'a   z'],
    ['abc', 'z', 5, 'abc z'],
    ['abcd', 'z', 5, 'ab… z'],
    ['你好', 'z', 5, '你… z'],
    ['', 'z', 3, '  z'],
    ['a', '', 3, 'a  '],
    ['abc', 'xyz', 4, ' xyz'],
    // The right one is never cut: it is what must stay.
    ['abc', 'xyz', 2, 'xyz'],
  ])('%j and %j in %i columns are %j', (left, right, width, text) => {
    expect(lineText(justified(line(left), line(right), width))).toBe(text);
  });
});

describe('a line of several styles', () => {
  const spans: Line = [{ text: '你', style: 'me' }, { text: '' }, { text: 'abc', style: 'bad' }];

  test('is as wide as all of it', () => {
    expect(lineWidth(spans)).toBe(5);
    expect(lineWidth([])).toBe(0);
  });

  test.each([
    [9, ['你', 'abc']],
    [5, ['你', 'abc']],
    [4, ['你', 'a…']],
    [3, ['你', '…']],
    [2, ['你']],
    [1, ['…']],
    [0, []],
    [-1, []],
  ])('cut to %i columns is %j, in their styles', (width, texts) => {
    const cut = cutLine(spans, width);
    expect(cut.map(({ text }) => text)).toEqual(texts);
    expect(cut.map(({ style }) => style)).toEqual(['me', 'bad'].slice(0, texts.length));
  });
});
