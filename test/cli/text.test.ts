import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeControls, indented, truncate } from '../../src/cli/text.ts';

const anyText = fc.string({ unit: 'binary' });

describe('harmless', () => {
  test.each([
    ['hello', 'hello'],
    ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
    ['👩‍👩‍👧 ẞ 漢字 \u00a0 \u202e', '👩‍👩‍👧 ẞ 漢字 \u00a0 \u202e'],
    ['\u001b[2J\u001b[31mred', '\\x1b[2J\\x1b[31mred'],
    ['\u009b31mred', '\\x9b31mred'],
    ['over\rwritten', 'over\\x0dwritten'],
    ['back\bspace\u007f', 'back\\x08space\\x7f'],
    ['bell\u0007 nul\u0000', 'bell\\x07 nul\\x00'],
    ['\u001b]0;title\u0007', '\\x1b]0;title\\x07'],
    ['', ''],
  ])('%j is shown as %j', (text, expected) => {
    expect(escapeControls(text)).toBe(expected);
  });

  test('leaves no control character but line breaks and tabs, whatever it is given', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(escapeControls(text).replaceAll(/[\n\t]/g, '')).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe('indented', () => {
  test.each([
    ['one line', 4, 'one line'],
    ['two\nlines', 4, 'two\n    lines'],
    ['a\n\nb\n', 2, 'a\n  \n  b\n  '],
    ['two\nlines', 0, 'two\nlines'],
  ])('%j by %d is %j', (text, width, expected) => {
    expect(indented(text, width)).toBe(expected);
  });
});

describe('shortened', () => {
  test.each([
    ['hello', 6, 'hello'],
    ['hello', 5, 'hello'],
    ['hello', 4, 'hel…'],
    ['hello', 1, '…'],
    ['', 1, ''],
  ])('%j to %d is %j', (text, length, expected) => {
    expect(truncate(text, length)).toBe(expected);
  });

  test('is never longer than asked for, and begins as the text does', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 20 }), (text, length) => {
        const short = truncate(text, length);
        expect(short.length).toBeLessThanOrEqual(length);
        expect(text.startsWith(short.replace(/…$/, '')) || text === short).toBe(true);
      }),
    );
  });

  test('never cuts a character in two', () => {
    expect(truncate('12👋👋', 4)).toBe('12…');
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 20 }), (text, length) => {
        expect(truncate(text, length)).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });
});
