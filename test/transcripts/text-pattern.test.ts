import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPattern, writeLiteral, writePattern } from '../../src/transcripts/text-pattern.ts';

describe('readPattern', () => {
  test.each([
    ['hello', 'hello', true],
    ['hello', 'Hello', false],
    ['hello', 'hello there', false],
    ['', '', true],
    ['', 'x', false],
    ['You rolled …', 'You rolled 6', true],
    ['You rolled …', 'You rolled ', true],
    ['You rolled …', 'They rolled 6', false],
    ['… rolled …', 'You rolled 6', true],
    ['…', '', true],
    ['…', 'two\nlines', true],
    ['a…a', 'a', false],
    ['a…b…c', 'a b b c', true],
    ['a…b…c', 'a c b', false],
    ['wait\\…', 'wait…', true],
    ['wait\\…', 'wait for me', false],
    ['wait\\\\…', 'wait\\ for me', true],
    ['wait\\\\\\…', 'wait\\…', true],
    ['C:\\\\new', 'C:\\\\new', true],
    ['/^You rolled \\d+$/', 'You rolled 17', true],
    ['/^You rolled \\d+$/', 'You rolled x', false],
    ['/ROLL/i', 'You rolled', true],
    ['/a.b/s', 'a\nb', true],
    ['/a/g', 'a', true],
    ['//etc/', '/etc/', true],
    ['//etc/', 'etc', false],
    ['/help lists them', '/help lists them', true],
    ['/', '/', true],
    ['//', '/', true],
    ['///', '//', true],
  ])('%j and the text %j: %j', (pattern, text, expected) => {
    const matches = readPattern(pattern);
    // Twice: a regular expression must keep no position.
    expect([matches(text), matches(text)]).toEqual([expected, expected]);
  });

  test('an invalid regular expression is an error', () => {
    expect(() => readPattern('/(/')).toThrow(SyntaxError);
  });
});

describe('writeLiteral', () => {
  test.each([
    ['hello', 'hello'],
    ['Thinking…', 'Thinking\\…'],
    ['\\…', '\\\\\\…'],
    ['/etc/', '//etc/'],
    ['/help', '/help'],
    ['//', '///'],
  ])('%j is written %j', (text, written) => {
    expect(writeLiteral(text)).toBe(written);
  });

  const pieces = fc.constantFrom('/', '\\', '…', 'a', '\n', '$', '(', 'i');
  const texts = fc.oneof(
    fc.string(),
    fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
  );

  test('it matches its own text and no other', () => {
    fc.assert(
      fc.property(texts, texts, (text, other) => {
        const matches = readPattern(writeLiteral(text));
        expect([matches(text), matches(other)]).toEqual([true, text === other]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('pieces match with anything in between', () => {
    fc.assert(
      fc.property(texts, texts, texts, (first, between, last) => {
        expect(readPattern(writePattern([first, last]))(first + between + last)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
