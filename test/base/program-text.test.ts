import { describe, expect, test } from 'vitest';
import { codeOnly, lineAndColumn } from '../../src/base/program-text.ts';

describe('codeOnly', () => {
  // A dot marks each character that is replaced with a space. \x24 is a $, which the linter takes for a slip here.
  test.each([
    ['code', 'const a = b / c;', 'const a = b / c;'],
    ['a comment at the end of a line', 'a // b\nc', 'a ....\nc'],
    ['a comment over lines', 'a /* b\n c */ d', 'a ....\n..... d'],
    ['a comment without an end', 'a /* b', 'a ....'],
    ['a text', "a('b')", 'a(...)'],
    ['a text with an escaped quote', "a = 'b\\'c'; d", 'a = ......; d'],
    ['a text with an escaped backslash', "a = 'b\\\\'; c", 'a = .....; c'],
    ['a text in double quotes with a single one', `a = "b'c"; d`, 'a = .....; d'],
    ['a text without an end: only its line', "a = 'b\nc", 'a = ..\nc'],
    ['a text over two lines', "a = 'b\\\nc'; d", 'a = ...\n..; d'],
    ['a comment inside a text', "a = '// b'; c", 'a = ......; c'],
    ['a quote inside a comment', "a; // it's\nb", 'a; .......\nb'],
    ['a template', 'a = `b`; c', 'a = ...; c'],
    ['a template over lines', 'a = `b\nc`; d', 'a = ..\n..; d'],
    ['a template with code', 'a = `\x24{b} c`; d', 'a = ........; d'],
    ['a template with an object', 'a = `\x24{f({ b: 1 })}`; d', 'a = ................; d'],
    ['a template in a template', 'a = `\x24{`b`}`; d', 'a = ........; d'],
    ['an escaped backtick', 'a = `\\``; b', 'a = ....; b'],
    ['a pattern', "a = /'/; b", 'a = ...; b'],
    ['a pattern with a slash in brackets', "a = /[/']/; b", 'a = ......; b'],
    ['a pattern with an escaped slash', "a(/\\/'/)", 'a(.....)'],
    ['a pattern that is returned', "return /'/;", 'return ...;'],
    ['two divisions, which are no pattern', 'a / b / c', 'a / b / c'],
    ['a division behind a bracket', '(a) / b / c', '(a) / b / c'],
    ['emojis', "a = '😄'; b", 'a = ....; b'],
    ['nothing', '', ''],
  ])('%s', (_, text, marked) => {
    expect(codeOnly(text)).toBe(marked.replaceAll('.', ' '));
    expect(codeOnly(text)).toHaveLength(text.length);
  });
});

test.each([
  ['', 0, 1, 1],
  ['ab', 1, 1, 2],
  ['a\nb', 1, 1, 2],
  ['a\nb', 2, 2, 1],
  ['a\n\nb', 3, 3, 1],
  ['a\r\nb', 3, 2, 1],
  ['\n', 1, 2, 1],
])('%j at %i is in line %i, column %i', (text, index, line, column) => {
  expect(lineAndColumn(text, index)).toEqual({ line, column });
});
