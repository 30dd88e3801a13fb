import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { quotedText, yamlKey, yamlText } from '../../src/transcripts/yaml-text.ts';

const read = (text: string): unknown => {
  const document = parseDocument(text, { schema: 'failsafe' });
  expect(document.errors).toEqual([]);
  return document.toJS();
};

describe('yamlText', () => {
  test.each([
    ['oh, hi there', 'oh, hi there'],
    ["it's #1 & more: no", '"it\'s #1 & more: no"'],
    ['a:b#c', 'a:b#c'],
    ['👋 👨‍👩‍👧 ❤️', '👋 👨‍👩‍👧 ❤️'],
    ['', '""'],
    ['null', '"null"'],
    ['yes', '"yes"'],
    ['1e3', '"1e3"'],
    ['3 apples', '3 apples'],
    ['12:30', '"12:30"'],
    ['- item', '"- item"'],
    [' lead', '" lead"'],
    ['trail ', '"trail "'],
    ['/^x$/', '/^x$/'],
    ['{a}', '"{a}"'],
    ['two\nlines', '|-\n    two\n    lines'],
    ['two\n\n  lines', '|-\n    two\n\n      lines'],
    ['two \nlines', '"two \\nlines"'],
    ['two\n', '"two\\n"'],
    ['\r', '"\\r"'],
    ['a\u200bb', '"a\\u200bb"'],
    ['a\u00a0b', '"a\\u00a0b"'],
    ['\ufeff', '"\\ufeff"'],
  ])('%j is written %j', (text, written) => {
    expect(yamlText(text, 4)).toBe(written);
    expect(read(`- a: ${written}\n`)).toEqual([{ a: text }]);
  });

  const odd = fc.constantFrom(
    '\n',
    ' ',
    ':',
    '#',
    '-',
    "'",
    '"',
    '\t',
    '\r',
    '\u0085',
    '\u2028',
    '\ufeff',
    '…',
    '👋',
    'a',
    '|',
    '%',
    '\ud800',
    '\u{e0041}',
    '\u0000',
    '.',
    '?',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(odd, { maxLength: 10 }).map((parts) => parts.join('')),
  );

  test('whatever is written is read again', () => {
    fc.assert(
      fc.property(texts, texts, (key, text) => {
        const entry = `chat:\n  - ${yamlKey(key)}: ${yamlText(text, 6)}\n    to: ${quotedText(text)}\n  - ${yamlText(key, 0)}\n`;
        if (/\n.*\n/s.test(yamlText(key, 0))) return;
        expect(read(entry)).toEqual({ chat: [{ [key]: text, ...(key === 'to' ? {} : { to: text }) }, key] });
      }),
      { numRuns: 3_000 },
    );
  });
});
