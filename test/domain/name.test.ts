import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fittingName, normalName, personName } from '../../src/domain/name.ts';
import { hardText } from './hard-text.ts';

describe('names that look alike are one', () => {
  test.each([
    ['composed and decomposed', 'Zoë', 'Zoe\u0308'],
    ['white space at the ends', 'Ada', ' \t\u00a0Ada\u3000\n'],
    ['a byte order mark', 'Ada', '\ufeffAda'],
    ['a zero-width space', 'Ada', 'A\u200bda'],
    ['a joiner of letters', 'Ada', 'A\u200dda'],
    ['marks of direction', 'Ada', '\u200eAd\u200fa\u202c'],
    ['a soft hyphen', 'Ada', 'A\u00adda'],
    ['a filler', 'Ada', 'Ada\u3164'],
    ['a selector behind a letter', 'Ada1', 'Ada1\ufe0f'],
    ['something invisible between a letter and its accent', 'é', 'e\u200b\u0301'],
    ['other spaces', 'Ada Byron', 'Ada\u00a0\u2003Byron'],
    ['an emoji that is in colours anyhow', 'Ada 😀', 'Ada 😀\ufe0f'],
    ['an anchor of annotations', 'Ada', 'A\ufff9da'],
    ['a blank of Braille', 'Ada', 'Ada\u2800'],
    ['half a character', 'Ada\ufffd', 'Ada\ud83d'],
  ])('%s', (_, name, other) => {
    expect([normalName(name), normalName(other)]).toEqual([name, name]);
  });
});

test.each([
  ['letters of any script', 'Ægir Ñandú 王小明 علی Ольга'],
  ['case', 'ada ADA'],
  ['a family', '👨\u200d👩\u200d👧'],
  ['a heart in colours', '❤\ufe0f'],
  ['a heart on fire', '❤\ufe0f\u200d🔥'],
  ['a skin', '👍🏽'],
  ['a farmer', '👩🏽\u200d🌾'],
  ['a flag', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
  ['a key', '1\ufe0f\u20e3'],
  ['signs', '<b>"O\'Brien" & Söhne</b>'],
])('%s stay', (_, name) => {
  expect(personName(name)).toBe(name);
});

describe('no name', () => {
  test.each([
    ['nothing', '', 'no visible characters'],
    ['white space', ' \n\t\u3000', 'no visible characters'],
    ['invisible characters', '\u200b\ufeff\u2800', 'no visible characters'],
    ['a line break', 'Ada\nByron', 'control character'],
    ['a carriage return', 'Ada\rByron', 'control character'],
    ['a tab', 'Ada\tByron', 'control character'],
    ['a bell', 'Ada\u0007', 'control character'],
    ['nothing at all', 'Ada\u0000', 'control character'],
    ['an escape', '\u001b[31mAda', 'control character'],
    ['a C1 control', 'A\u0090da', 'control character'],
    ['a line separator', 'Ada\u2028Byron', 'control character'],
    ['256 characters', 'a'.repeat(256), 'it has 256 characters'],
    ['5,000 characters', 'a'.repeat(5_000), 'it has 5000 characters'],
  ])('%s', (_, name, problem) => {
    expect(() => personName(name)).toThrow(
      expect.objectContaining({ code: 'NAME_INVALID', message: expect.stringContaining(problem) }),
    );
    // A sentence is one line, however long or broken the name is.
    expect(() => personName(name)).toThrow(/^.{1,250}$/u);
  });

  test('255 emojis are a name', () => {
    expect(personName('😀'.repeat(255))).toBe('😀'.repeat(255));
  });
});

test.each([
  ['Ada\nByron', 'Ada Byron'],
  ['\u0000Ada', 'Ada'],
  ['a'.repeat(300), 'a'.repeat(255)],
  [`${'a'.repeat(254)} b`, 'a'.repeat(254)],
  ['\n\u200b', ''],
])('%j of another application becomes %j', (name, fitting) => {
  expect(fittingName(name)).toBe(fitting);
});

test('a name in its form stays in it', () => {
  fc.assert(
    fc.property(
      fc.oneof(hardText, fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })),
      (text) => {
        const name = normalName(text);
        expect(normalName(name)).toBe(name);
        expect(fittingName(fittingName(text))).toBe(fittingName(text));
      },
    ),
    { numRuns: 1_000 },
  );
});
