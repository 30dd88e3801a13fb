import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutLine, justified, lineText, lineWidth } from '../../src/tui/text/line.ts';
import { cut, cutStart, graphemes, padded, safe, widthOf } from '../../src/tui/text/width.ts';
import { wrap } from '../../src/tui/text/wrap.ts';

describe('wrapping', () => {
  test.each([
    ['hello there', 20, ['hello there']],
    ['hello there Ada', 11, ['hello there', 'Ada']],
    ['a  b', 3, ['a', 'b']],
    ['abcdefgh', 3, ['abc', 'def', 'gh']],
    ['one\n\ntwo', 10, ['one', '', 'two']],
    ['你好世界', 4, ['你好', '世界']],
    ['ab 你好', 4, ['ab', '你好']],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 4, ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦']],
    ['e\u0301e\u0301e\u0301', 2, ['e\u0301e\u0301', 'e\u0301']],
    ['שלום עולם', 5, ['שלום', 'עולם']],
    ['', 5, ['']],
  ])('%j at %i', (text, width, expected) => {
    expect(wrap(text, width)).toEqual(expected);
  });

  test('no line is wider than the room, and nothing but blanks is lost', () => {
    const words = fc.array(
      fc.constantFrom('a', 'bot', '你', '好', '👩‍👩‍👧‍👦', 'e\u0301', ' ', '  ', '\n', 'incomprehensible'),
    );
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 12 }), (parts, width) => {
        const lines = wrap(parts.join(''), width);
        expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
        expect(lines.join('').replace(/\s/g, '')).toBe(parts.join('').replace(/\s/g, ''));
      }),
    );
  });
});

describe('texts of somebody else', () => {
  test.each([
    ['a colour', '\u001b[31mred', '\\x1b[31mred'],
    ['a bell', 'ding\u0007', 'ding\\x07'],
    ['a direction override', 'a\u202eb', 'a\\u202eb'],
    ['a tab', 'a\tb', 'a    b'],
    ['a line of Windows', 'a\r\nb', 'a\nb'],
    ['half an emoji', 'a\ud83d', 'a\ufffd'],
    ['an emoji that is joined', '👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦'],
  ])('%s does no harm', (_, text, expected) => {
    expect(safe(text)).toBe(expected);
  });
});

describe('widths', () => {
  test.each([
    ['hello', 5, 'hello'],
    ['hello', 4, 'hel…'],
    ['你好世界', 5, '你好…'],
    ['你好世界', 4, '你…'],
    ['👋👋👋', 3, '👋…'],
    ['hello', 0, ''],
  ])('%s cut to %i', (text, width, expected) => {
    expect(cut(text, width)).toBe(expected);
  });

  test('a text filled to a width has it', () => {
    expect(padded('你', 4)).toBe('你  ');
    expect(widthOf(padded('你好世界', 5))).toBe(5);
  });

  test('a family is one character', () => {
    expect(graphemes('a👩‍👩‍👧‍👦e\u0301')).toEqual(['a', '👩‍👩‍👧‍👦', 'e\u0301']);
  });
});

describe('lines', () => {
  test('the right end stays where the left one is too long', () => {
    const line = justified([{ text: 'a long name' }], [{ text: '12' }], 8);
    expect(lineText(line)).toBe('a lo… 12');
    expect(lineWidth(line)).toBe(8);
  });

  test('a line is cut over its spans', () => {
    expect(lineText(cutLine([{ text: 'abc' }, { text: 'def' }], 5))).toBe('abcd…');
    expect(lineText(cutLine([{ text: 'abc' }, { text: 'def' }], 3))).toBe('abc');
  });
});

test('a long text has the same characters as its parts', () => {
  const family = '👩‍👩‍👧‍👦';
  expect(graphemes(`${'日é'.repeat(300)}${family}`.repeat(3)).filter((each) => each === family)).toHaveLength(
    3,
  );
  expect(widthOf(`${'日é'.repeat(300)}${family}`)).toBe(902);
  expect(graphemes('🇩🇪'.repeat(500))).toEqual(Array(500).fill('🇩🇪'));
});

test('the end of a text that fits', () => {
  expect(cutStart('one 你好', 3)).toBe('好');
  expect(cutStart('one', 9)).toBe('one');
});
