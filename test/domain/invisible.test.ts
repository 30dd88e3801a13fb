import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { trimInvisible } from '../../src/domain/invisible.ts';
import { matchMessage, matchMethods, withoutTrigger } from '../../src/domain/match.ts';
import { hardText } from './hard-text.ts';

/** One of each kind that nobody sees. */
const invisible = {
  'a byte order mark': '\ufeff',
  'a zero-width space': '\u200b',
  'a non-joiner': '\u200c',
  'a joiner': '\u200d',
  'a mark of direction': '\u200e',
  'another one': '\u200f',
  'an embedding': '\u202a',
  'an isolate': '\u2066',
  'a word joiner': '\u2060',
  'a soft hyphen': '\u00ad',
  'an Arabic letter mark': '\u061c',
  'a grapheme joiner': '\u034f',
  'a Mongolian vowel separator': '\u180e',
  'a Hangul filler': '\u3164',
  'a selector of letters': '\ufe00',
  'a selector of emojis': '\ufe0f',
  'a selector beyond the first plane': '\u{e0100}',
  'a tag': '\u{e0041}',
  'a beam of music': '\u{1d173}',
} as const;

describe.each(Object.entries(invisible))('%s', (_, mark) => {
  test('at the ends of a message or a trigger does not count', () => {
    for (const method of matchMethods) {
      expect(matchMessage(method, 'hello', `${mark}hello${mark}`), method).toBe(true);
      expect(matchMessage(method, ` ${mark} hello${mark} `, 'hello'), method).toBe(true);
    }
    expect(matchMessage('starts:with', '!hi', `${mark}!hi there`)).toBe(true);
    expect(matchMessage('contains', 'there', `hi there${mark}`)).toBe(true);
  });

  test('is nothing that is left of a message', () => {
    expect(withoutTrigger('exact', 'hello', `${mark} hello ${mark}`)).toBeNull();
    expect(withoutTrigger('starts:with', '!roll', `${mark}!roll ${mark}2d6${mark}`)).toBe('2d6');
  });

  test('inside counts', () => {
    // U+FE0F never does: it only asks for the coloured form of an emoji.
    if (mark === '\ufe0f') return expect(matchMessage('exact', 'hello', `hel${mark}lo`)).toBe(true);
    expect(matchMessage('exact', 'hello', `hel${mark}lo`)).toBe(false);
    expect(matchMessage('contains', 'hello', `oh${mark}hello`)).toBe(false);
  });
});

describe('an emoji keeps what belongs to it', () => {
  test.each([
    ['a heart in colours', '❤\ufe0f'],
    ['a heart as a letter', '❤\ufe0e'],
    ['a family', '👨\u200d👩\u200d👧'],
    ['a heart on fire', '❤\ufe0f\u200d🔥'],
    ['a rainbow flag', '🏳\ufe0f\u200d🌈'],
    ['the flag of Scotland', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
    ['a key', '1\ufe0f\u20e3'],
    ['a copyright sign', '©\ufe0f'],
    ['a sign of the zodiac', '♌\ufe0f'],
  ])('%s', (_, emoji) => {
    expect(trimInvisible(`\u200b${emoji}\u200d\ufeff `)).toBe(emoji);
    expect(matchMessage('exact', emoji, emoji)).toBe(true);
    expect(withoutTrigger('starts:with', '!say', `!say ${emoji}\u200b`)).toBe(emoji);
  });

  test('and nothing more: a selector behind a letter, a joiner that joins nothing, tags that end in nothing', () => {
    expect(
      ['a\ufe0f', '1\ufe0f', '😀\u200d', '🏴\u{e0067}\u{e0062}', '\u{e0067}\u{e007f}'].map(trimInvisible),
    ).toEqual(['a', '1', '😀', '🏴', '']);
  });
});

test('a long row of invisible characters takes no time', () => {
  const rows = ['\u200b', '\u{e007f}', '\u{e0041}\u{e007f}', '\u{e0041}'].map((one) => one.repeat(50_000));
  expect(rows.map((row) => trimInvisible(`a${row}`))).toEqual(['a', 'a', 'a', 'a']);
});

test('what is trimmed twice is trimmed once, and is a piece of the text', () => {
  fc.assert(
    fc.property(hardText, (text) => {
      const trimmed = trimInvisible(text);
      expect(trimInvisible(trimmed)).toBe(trimmed);
      expect(text).toContain(trimmed);
    }),
  );
});
