import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, originalRange } from '../../src/domain/canonical.ts';
import { hardText } from './hard-text.ts';

test.each([
  ['nothing', '', '', ''],
  ['plain text', 'Hi there', 'Hi there', 'hi there'],
  ['a short code', 'Hi :smile:', 'Hi 😄', 'hi 😄'],
  ['another name of the same emoji', ':+1:', '👍', '👍'],
  ['a short code in capitals, which is one only where case is ignored', ':SMILE:', ':SMILE:', '😄'],
  ['what is no short code', ':nothing: a:b', ':nothing: a:b', ':nothing: a:b'],
  ['a colon that ends one code and begins another', ':nope:smile:', ':nope😄', ':nope😄'],
  ['two codes that share no colon', ':joy:joy:', '😂joy:', '😂joy:'],
  ['a colon at the end', 'so:', 'so:', 'so:'],
  ['emojis beside each other', ':joy::smile:', '😂😄', '😂😄'],
  ['a selector', '❤\ufe0f', '❤', '❤'],
  ['a selector inside a short code', ':smi\ufe0fle:', '😄', '😄'],
  ['an emoji whose full form has a selector', ':heart:', '❤', '❤'],
  ['selectors alone', '\ufe0f\ufe0f', '', ''],
  ['an emoji that is a letter', ':m: Ⓜ', 'Ⓜ Ⓜ', 'ⓜ ⓜ'],
  ['a final sigma', 'ΟΔΟΣ οδος', 'ΟΔΟΣ οδος', 'οδοσ οδοσ'],
  ['the only letter that becomes longer', 'İ', 'İ', 'i\u0307'],
  ['half a surrogate pair', '\ud83d', '\ufffd', '\ufffd'],
  ['both halves in the wrong order', '\ude04\ud83d', '\ufffd\ufffd', '\ufffd\ufffd'],
  ['a text that is stored decomposed', 'e\u0301', 'e\u0301', 'e\u0301'],
])('%s: %j becomes %j, or %j where case is ignored', (_, original, withCase, caseless) => {
  expect(canonical(original, false).text).toBe(withCase);
  expect(canonical(original, true).text).toBe(caseless);
});

describe('origins', () => {
  test.each<[string, string, boolean, readonly number[] | null]>([
    ['are left out where nothing moved', 'hi', false, null],
    ['are left out where lower case has the same length', 'HI', true, null],
    ['name the beginning of the short code for each unit of its emoji', 'a:joy:b', false, [0, 1, 1, 6, 7]],
    ['skip a selector', '❤\ufe0f!', false, [0, 2, 3]],
    ['have the same place for both units of a letter that becomes longer', 'İx', true, [0, 0, 1, 2]],
    ['add up over several kinds of changes', 'İ\ufe0f:joy:', true, [0, 0, 2, 2, 7]],
    ['end with the length of the original', '\ufe0f', false, [1]],
  ])('%s', (_, original, caseless, origins) => {
    expect(canonical(original, caseless).origins).toEqual(origins);
  });
});

describe('originalRange', () => {
  test.each([
    ['a range of a text that did not change', 'this, hi', false, 'hi', 'hi'],
    ['a whole short code', 'a :joy: b', false, '😂', ':joy:'],
    ['a whole short code for half of its emoji', 'a :joy: b', false, '\ud83d', ':joy:'],
    ['what stands behind a short code', 'a :joy: b', false, 'b', 'b'],
    ['a range that begins before a short code', 'a :joy: b', false, 'a 😂', 'a :joy:'],
    ['the selector behind an emoji', 'my ❤\ufe0f !', false, '❤', '❤\ufe0f'],
    ['several selectors', '❤\ufe0f\ufe0f!', false, '❤', '❤\ufe0f\ufe0f'],
    ['a selector inside the range', '❤\ufe0fx', false, '❤x', '❤\ufe0fx'],
    ['no selector before the range', 'a\ufe0fb', false, 'b', 'b'],
    ['the whole of a letter that becomes longer', 'aİb', true, 'i', 'İ'],
    ['the same for its second unit', 'aİb', true, '\u0307', 'İ'],
    ['a range up to the end', 'x:joy:', false, '😂', ':joy:'],
  ])('%s', (_, original, caseless, piece, expected) => {
    const form = canonical(original, caseless);
    const found = form.text.indexOf(piece);
    const { start, end } = originalRange(form, found, found + piece.length);
    expect(original.slice(start, end)).toBe(expected);
  });
});

describe('properties', () => {
  const text = fc.oneof(hardText, fc.string({ unit: 'binary', maxLength: 20 }));

  test('a canonical text has no selector and no half of a surrogate pair', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (original, caseless) => {
        const form = canonical(original, caseless);
        expect(form.text).not.toContain('\ufe0f');
        expect(form.text.isWellFormed()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('origins go up, one for each code unit, and end with the length of the original', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (original, caseless) => {
        const { text: form, origins } = canonical(original, caseless);
        const places = origins ?? [...Array(original.length + 1).keys()];
        expect(places).toHaveLength(form.length + 1);
        expect(places).toEqual([...places].sort((one, other) => one - other));
        expect(places.at(-1)).toBe(original.length);
      }),
      { numRuns: 300 },
    );
  });

  test('a range has a part of the original that is not empty, and reaches the end where the text does', () => {
    fc.assert(
      fc.property(text, fc.boolean(), fc.nat(), (original, caseless, from) => {
        const form = canonical(original, caseless);
        if (form.text === '') return;
        const start = from % form.text.length;
        const [one, rest] = [
          originalRange(form, start, start + 1),
          originalRange(form, start, form.text.length),
        ];
        expect(one.end).toBeGreaterThan(one.start);
        expect(rest).toEqual({ start: one.start, end: original.length });
      }),
      { numRuns: 300 },
    );
  });
});
