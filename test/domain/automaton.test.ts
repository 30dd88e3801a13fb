import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Automaton } from '../../src/domain/automaton.ts';
import { NONE } from '../../src/domain/trie.ts';

/** Every pattern that ends at each position, longest first: `['abc@3', 'bc@3']`. */
function endings(patterns: readonly string[], text: string): string[] {
  const automaton = new Automaton(patterns);
  const found: string[] = [];
  automaton.walk(text, (longest, end) => {
    for (let pattern = longest; pattern !== NONE; pattern = automaton.shorter(pattern))
      found.push(`${patterns[pattern]}@${end}`);
  });
  return found;
}

/** The same, found by looking at every position for every pattern. */
function slowEndings(patterns: readonly string[], text: string): string[] {
  const longestFirst = [...patterns].sort((one, other) => other.length - one.length);
  return [...text.split('').keys()].flatMap((index) =>
    longestFirst
      .filter((pattern) => text.slice(0, index + 1).endsWith(pattern))
      .map((pattern) => `${pattern}@${index + 1}`),
  );
}

test.each<[string, string[], string, string[]]>([
  ['no patterns', [], 'abc', []],
  ['an empty text', ['a'], '', []],
  ['a text without any of them', ['ab'], 'ba', []],
  ['one pattern, twice', ['ab'], 'abab', ['ab@2', 'ab@4']],
  ['occurrences that overlap', ['aa'], 'aaaa', ['aa@2', 'aa@3', 'aa@4']],
  ['the classic example', ['he', 'hers', 'his', 'she'], 'ushers', ['she@4', 'he@4', 'hers@6']],
  ['patterns that end each other', ['abc', 'bc', 'c'], 'abc', ['abc@3', 'bc@3', 'c@3']],
  ['a shorter one where the longer one breaks off', ['abcd', 'bc'], 'abce', ['bc@3']],
  ['a fallback over several steps', ['aab', 'ab', 'b'], 'aaab', ['aab@4', 'ab@4', 'b@4']],
  ['a restart inside of a failed match', ['aab'], 'aaab', ['aab@4']],
  ['emojis', ['😄', '😄😄'], 'a😄😄', ['😄@3', '😄😄@5', '😄@5']],
  ['half an emoji inside a whole one', ['\ud83d'], '😄', ['\ud83d@1']],
  ['U+0000 and U+FFFF', ['\u0000', '\uffff'], '\uffff\u0000', ['\uffff@1', '\u0000@2']],
])('finds %s', (_, patterns, text, expected) => {
  expect(endings(patterns, text)).toEqual(expected);
});

describe('shorter', () => {
  test('leads to the longest other pattern at the end of a pattern', () => {
    const patterns = ['a', 'ba', 'cba', 'xcba'];
    const automaton = new Automaton(patterns);
    expect(patterns.map((_, pattern) => automaton.shorter(pattern))).toEqual([NONE, 0, 1, 2]);
  });

  test('skips nodes at which no pattern ends', () => {
    const automaton = new Automaton(['b', 'xaab', 'yaabc']);
    expect(automaton.shorter(1)).toBe(0);
  });

  test('of none is none, so that a loop over it ends', () => {
    expect(new Automaton(['a']).shorter(NONE)).toBe(NONE);
  });
});

test('an automaton can walk several texts, and none affects the next', () => {
  const automaton = new Automaton(['ab']);
  const ends = (text: string) => {
    const found: number[] = [];
    automaton.walk(text, (_, end) => found.push(end));
    return found;
  };
  expect([ends('a'), ends('b'), ends('xab')]).toEqual([[], [], [3]]);
});

test('every ending is found once, whatever the patterns have in common', () => {
  const text = (maxLength: number) => fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength });
  fc.assert(
    fc.property(fc.array(text(5), { maxLength: 15 }), text(30), (words, body) => {
      const patterns = [...new Set(words)].filter((word) => word !== '').sort();
      expect(endings(patterns, body)).toEqual(slowEndings(patterns, body));
    }),
    { numRuns: 300 },
  );
});
