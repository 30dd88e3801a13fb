import { describe, expect, test } from 'vitest';
import type { Place } from '../../src/domain/match.ts';
import { patternFinders } from '../../src/domain/pattern-finder.ts';

/** The patterns found, in the order in which they were reported. */
function finderOf(place: Place, patterns: readonly string[]): (text: string) => Array<string | undefined> {
  const sorted = [...patterns].sort();
  const find = patternFinders[place](sorted);
  return (text) => {
    const found: Array<string | undefined> = [];
    find(text, (pattern) => found.push(sorted[pattern]));
    return found;
  };
}

// The search of many patterns at once must agree with `matchMessage`; `trigger-index.test.ts` compares them at random.
// Here are the cases in which an automaton that is nearly right goes wrong.
test.each<[string, Place, string[], string, string[]]>([
  ['word: nothing in an empty text', 'word', ['hi'], '', []],
  ['word: the whole text', 'word', ['hi'], 'hi', ['hi']],
  ['word: not inside of a word', 'word', ['hi'], 'this', []],
  ['word: not at the beginning of one', 'word', ['hi'], 'hill', []],
  ['word: not at the end of one', 'word', ['hi'], 'sushi', []],
  ['word: later in the text, after a miss', 'word', ['hi'], 'this hill, hi', ['hi']],
  ['word: the shorter pattern where the longer one is no word', 'word', ['b c', 'c'], 'ab c', ['c']],
  ['word: both where both are words', 'word', ['b c', 'c'], 'a b c', ['b c', 'c']],
  [
    'word: the longer one later, after the shorter one was found',
    'word',
    ['b c', 'c'],
    'ab c b c',
    ['c', 'b c'],
  ],
  ['word: a pattern that begins with a delimiter', 'word', [',x'], 'a ,x', [',x']],
  ['word: a delimiter of its own does not replace the one before it', 'word', [',x'], 'a,x', []],
  ['word: a pattern of delimiters alone', 'word', ['...'], 'well ...', ['...']],
  ['word: an exclamation mark is part of the word', 'word', ['hi', 'hi!'], 'hi!', ['hi!']],

  ['anywhere: inside of a word', 'anywhere', ['hi'], 'this', ['hi']],
  ['anywhere: each pattern once, however often it occurs', 'anywhere', ['a'], 'aaa', ['a']],
  ['anywhere: all that end at one place', 'anywhere', ['abc', 'bc', 'c'], 'abc', ['abc', 'bc', 'c']],
  ['anywhere: the shorter one first if it ends first', 'anywhere', ['ab', 'abc'], 'abc', ['ab', 'abc']],
  [
    'anywhere: a longer one later, although its endings were found',
    'anywhere',
    ['abc', 'bc', 'c'],
    'c bc abc',
    ['c', 'bc', 'abc'],
  ],
  [
    'anywhere: the ones behind a found one',
    'anywhere',
    ['c', 'xbc', 'yxbc'],
    'xbc yxbc',
    ['xbc', 'c', 'yxbc'],
  ],
  ['anywhere: no emoji in half of another', 'anywhere', ['😅'], '😄', []],

  ['whole: the same text', 'whole', ['hi', 'hi there'], 'hi there', ['hi there']],
  ['whole: no more than that', 'whole', ['hi'], 'hi there', []],
  ['whole: no less than that', 'whole', ['hi there'], 'hi', []],
  ['whole: a name that objects inherit is no pattern', 'whole', ['hi'], 'constructor', []],

  ['start: the lead word', 'start', ['!hi'], '!hi there', ['!hi']],
  ['start: the whole text', 'start', ['!hi'], '!hi', ['!hi']],
  ['start: not the beginning of a longer word', 'start', ['!hi'], '!hit', []],
  ['start: not later in the text', 'start', ['!hi'], 'oh !hi', []],
  ['start: every lead that is a word', 'start', ['a', 'a b', 'a b c'], 'a b cd', ['a', 'a b']],
  ['start: a delimiter ends the lead', 'start', ['!hi'], '!hi,there', ['!hi']],
  ['start: a text that ends before the pattern does', 'start', ['!hi'], '!h', []],
])('%s', (_, place, patterns, text, expected) => {
  expect(finderOf(place, patterns)(text)).toEqual(expected);
});

describe.each<Place>(['word', 'anywhere', 'whole', 'start'])('%s', (place) => {
  test('without patterns finds nothing', () => {
    expect(finderOf(place, [])('anything')).toEqual([]);
  });

  test('remembers nothing of the text before', () => {
    const find = finderOf(place, ['hi', 'x']);
    expect([find('hi'), find('x'), find('hi')]).toEqual([['hi'], ['x'], ['hi']]);
  });
});
