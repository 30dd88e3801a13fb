import { describe, expect, test } from 'vitest';
import { changes, placeCursor, type Rows, rowsOf } from '../../../src/tui/terminal/paint.ts';

const size = { columns: 12, rows: 3 };

/** What is written for the second of two frames, with ␛ for escape characters. */
function written(before: string | null, after: string): string {
  const known: Rows | null = before === null ? null : rowsOf(before, size, null);
  return changes(known, rowsOf(after, size, known), size.columns).replaceAll('\u001b', '␛');
}

describe('what is written when a frame replaces another', () => {
  test.each<[what: string, before: string, after: string, written: string]>([
    ['nothing has changed', 'one\ntwo', 'one\ntwo', ''],
    ['a letter at the end of a row', '› hell', '› hello', '␛[1;7Ho'],
    ['a letter in the middle of a row', 'one\ntwo', 'one\ntoo', '␛[2;2Ho'],
    ['a letter deleted at the end', 'hello', 'hell', '␛[1;5H␛[K'],
    ['a row that ends earlier', 'hello', 'help', '␛[1;4Hp␛[K'],
    ['a row that is gone', 'one\ntwo', 'one', '␛[2;1H␛[K'],
    ['only blanks at the end', 'one', 'one   ', ''],
    ['a part between others', 'aaa|bbb|ccc', 'aaa|bxb|ccc', '␛[1;6Hx'],
    ['rows that change beside each other', 'a\nb\nc', 'x\nb\ny', '␛[1;1Hx␛[3;1Hy'],
  ])('%s', (_, before, after, expected) => {
    expect(written(before, after)).toBe(expected);
  });

  test.each<[what: string, before: string, after: string, written: string]>([
    ['a style', 'one', '\u001b[1mone\u001b[22m', '␛[1;1H␛[0;1mone␛[m'],
    ['the same style in other codes', '\u001b[0;1mone\u001b[0m', '\u001b[1mone\u001b[22m', ''],
    ['an inverse blank', 'ab', 'ab\u001b[7m \u001b[27m', '␛[1;3H␛[0;7m ␛[m'],
    [
      'one of two styles',
      '\u001b[1ma\u001b[22m\u001b[31mb\u001b[39m',
      '\u001b[1ma\u001b[22m\u001b[38;5;9mb\u001b[39m',
      '␛[1;2H␛[0;38;5;9mb␛[m',
    ],
    ['a plain end behind a style', 'ab', '\u001b[2;3mx\u001b[22;23my', '␛[1;1H␛[0;2;3mx␛[my'],
  ])('%s', (_, before, after, expected) => {
    expect(written(before, after)).toBe(expected);
  });

  test.each<[what: string, before: string, after: string, written: string]>([
    ['behind wide characters', '漢字a', '漢字b', '␛[1;5Hb'],
    ['one half of a wide character becomes letters', '漢a', 'xya', '␛[1;1Hxy'],
    ['letters become a wide character', 'xya', '漢a', '␛[1;1H漢'],
    ['a wide character where a letter began it', 'x漢', '漢x', '␛[1;1H漢x'],
    [
      'an emoji is put in its columns, however wide the terminal draws it',
      'a',
      'a👋b',
      '␛[1;2H  ␛[2G👋␛[4Gb',
    ],
    ['so is an accent of its own', 'e', 'e\u0301', '␛[1;1H ␛[1Ge\u0301␛[2G'],
  ])('%s', (_, before, after, expected) => {
    expect(written(before, after)).toBe(expected);
  });

  test('nobody knows what stands there: every row is written and erased to its end', () => {
    expect(written(null, 'one\n\u001b[7mtwo\u001b[27m')).toBe('␛[1;1Hone␛[K␛[2;1H␛[0;7mtwo␛[m␛[K␛[3;1H␛[K');
  });

  test('a row that fills the terminal is not erased in its last column', () => {
    expect(written(null, 'a'.repeat(12))).toBe(`␛[1;1H${'a'.repeat(12)}␛[2;1H␛[K␛[3;1H␛[K`);
  });

  test('what is wider or taller than the terminal is left out', () => {
    expect(written('', `${'a'.repeat(11)}漢\n\n\nbelow`)).toBe(`␛[1;1H${'a'.repeat(11)}`);
  });
});

test('the cursor stays on the terminal', () => {
  expect(placeCursor({ row: 1, column: 4 }, size)).toBe('\u001b[2;5H');
  expect(placeCursor({ row: 9, column: 40 }, size)).toBe('\u001b[3;12H');
});
