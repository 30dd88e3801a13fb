import { describe, expect, test } from 'vitest';
import { foldCase, isBlankAt, isBoundary, trim, withoutSelectors } from '../../src/domain/text.ts';

/** Every character of Unicode's property White_Space. */
const whiteSpace = [
  ...[
    '\t',
    '\n',
    '\u000b',
    '\f',
    '\r',
    ' ',
    '\u0085',
    '\u00a0',
    '\u1680',
    '\u2000',
    '\u2001',
    '\u2002',
    '\u2003',
  ],
  ...[
    '\u2004',
    '\u2005',
    '\u2006',
    '\u2007',
    '\u2008',
    '\u2009',
    '\u200a',
    '\u2028',
    '\u2029',
    '\u202f',
    '\u205f',
  ],
  ...['\u3000'],
];

/** They look like nothing too, but they are not white space. */
const noWhiteSpace = [
  '\u0000',
  '\u001c',
  '\u180e',
  '\u200b',
  '\u200d',
  '\u2060',
  '\u3001',
  '\ufeff',
  '\u2800',
];

const punctuation = [',', '.', ':', ';', '"', "'"];

describe.each(whiteSpace.map((character) => [JSON.stringify(character), character]))('%s', (_, character) => {
  test('is blank, separates words and is trimmed', () => {
    expect([isBlankAt(character, 0), isBoundary(character, 0)]).toEqual([true, true]);
    expect(trim(`${character}a${character}b${character}`)).toBe(`a${character}b`);
  });
});

test.each(noWhiteSpace)('%j is not white space', (character) => {
  expect([isBlankAt(character, 0), isBoundary(character, 0)]).toEqual([false, false]);
  expect(trim(`${character}a${character}`)).toBe(`${character}a${character}`);
});

test.each(punctuation)('%j separates words but is not blank', (character) => {
  expect([isBlankAt(character, 0), isBoundary(character, 0)]).toEqual([false, true]);
  expect(trim(character)).toBe(character);
});

test.each(['a', '0', '_', '-', '!', '?', '(', ')', '/', '’', '“', '،', '。', '😄', '\ud83d'])(
  '%j belongs to a word',
  (character) => {
    expect([isBlankAt(character, 0), isBoundary(character, 0)]).toEqual([false, false]);
  },
);

test.each([-1, 1, 2, 1_000_000])('outside of the text, at %i, is blank and a boundary', (index) => {
  expect([isBlankAt('a', index), isBoundary('a', index)]).toEqual([true, true]);
});

test.each([
  ['', ''],
  [' ', ''],
  [' \u0085\u3000\n', ''],
  ['a', 'a'],
  ['  a', 'a'],
  ['a  ', 'a'],
  ['\ufeff a', '\ufeff a'],
  [' ,a, ', ',a,'],
])('%j trimmed is %j', (text, trimmed) => {
  expect(trim(text)).toBe(trimmed);
});

test('a million characters of white space are trimmed', () => {
  expect(trim(`${' '.repeat(500_000)}a${'\u3000'.repeat(500_000)}`)).toBe('a');
});

test.each([
  ['ΟΔΟΣ', 'οδοσ'],
  ['ς', 'σ'],
  ['Σ', 'σ'],
  ['İ', 'i\u0307'],
  ['I', 'i'],
  ['ı', 'ı'],
  ['ẞ', 'ß'],
  ['SS', 'ss'],
  ['\u212a', 'k'],
  ['Ⓜ', 'ⓜ'],
  ['𐐀', '𐐨'],
  ['Ǆ', 'ǆ'],
])('%j without case is %j', (text, folded) => {
  expect(foldCase(text)).toBe(folded);
  expect(foldCase(folded)).toBe(folded);
});

test.each([
  ['❤\ufe0f', '❤'],
  ['\ufe0f1\ufe0f\u20e3\ufe0f', '1\u20e3'],
  ['❤\ufe0e', '❤\ufe0e'],
  ['', ''],
])('%j without selectors of the coloured form is %j', (text, bare) => {
  expect(withoutSelectors(text)).toBe(bare);
});
