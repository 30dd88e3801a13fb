import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NONE, Trie } from '../../src/domain/trie.ts';

/** The node that a text leads to from the root, or `NONE`. */
function nodeOf(trie: Trie, text: string): number {
  let node = 0;
  for (let index = 0; index < text.length && node !== NONE; index++)
    node = trie.child(node, text.charCodeAt(index));
  return node;
}

/** The pattern that is exactly this text, or `NONE`. */
const patternAt = (trie: Trie, text: string): number => trie.ending[nodeOf(trie, text)] ?? NONE;

/** Distinct patterns that are not empty, in the order that a trie requires. */
const sorted = (patterns: readonly string[]): string[] =>
  [...new Set(patterns)].filter((pattern) => pattern !== '').sort();

describe('the number of nodes', () => {
  test.each<[string, string[], number]>([
    ['no pattern has only the root', [], 1],
    ['each letter of one pattern has a node', ['abc'], 4],
    ['a shared beginning is stored once', ['abc', 'abd'], 5],
    ['a pattern inside another adds nothing', ['ab', 'abc'], 4],
    ['patterns without a shared beginning share the root', ['ab', 'cd'], 5],
    [
      'a beginning is shared with the pattern before, which is enough when they are sorted',
      ['a', 'ab', 'b'],
      4,
    ],
    ['an emoji has two nodes, one for each code unit', ['😄'], 3],
    ['emojis of the same plane share the first of them', ['😄', '😅'], 4],
  ])('%s', (_, patterns, size) => {
    const trie = new Trie(patterns);
    expect(trie.size).toBe(size);
    expect(trie.ending).toHaveLength(size);
  });
});

describe('child', () => {
  const trie = new Trie(sorted(['he', 'her', 'his', 'she', 'ß', '漢', '\u0000', '\uffff']));

  test.each([
    ['', true],
    ['h', true],
    ['he', true],
    ['her', true],
    ['sh', true],
    ['\u0000', true],
    ['\uffff', true],
    ['ß', true],
    ['漢', true],
    ['e', false],
    ['hers', false],
    ['hi there', false],
    ['H', false],
    ['\u0001', false],
    ['\ufffe', false],
  ])('%j leads to a node: %s', (text, isThere) => {
    expect(nodeOf(trie, text) !== NONE).toBe(isThere);
  });

  test('finds the first, the middle and the last of many children, and none between them', () => {
    const letters = ['b', 'd', 'f', 'h', 'j', 'l', 'n'];
    const wide = new Trie(letters);
    expect(letters.map((letter) => wide.ending[wide.child(0, letter.charCodeAt(0))])).toEqual([
      0, 1, 2, 3, 4, 5, 6,
    ]);
    for (const letter of 'acegikmo') expect(wide.child(0, letter.charCodeAt(0)), letter).toBe(NONE);
  });

  test('of a node without children is none', () => {
    expect(trie.child(nodeOf(trie, 'her'), 's'.charCodeAt(0))).toBe(NONE);
  });
});

describe('ending', () => {
  test('has the number of each pattern where it ends, and none on the way there', () => {
    const trie = new Trie(['a', 'abc', 'b']);
    const texts = ['', 'a', 'ab', 'abc', 'b'];
    expect(texts.map((text) => patternAt(trie, text))).toEqual([NONE, 0, NONE, 1, 2]);
  });

  test('follows code units, as sort() does, so an emoji comes before U+FF5E', () => {
    const patterns = sorted(['～', '😄']);
    expect(patterns).toEqual(['😄', '～']);
    const trie = new Trie(patterns);
    expect([patternAt(trie, '😄'), patternAt(trie, '～')]).toEqual([0, 1]);
  });

  test('finds half a surrogate pair as a pattern of its own', () => {
    const trie = new Trie(sorted(['\ud83d', '😄']));
    expect([patternAt(trie, '\ud83d'), patternAt(trie, '😄'), patternAt(trie, '😅')]).toEqual([0, 1, NONE]);
  });
});

describe('forEachNode', () => {
  test('visits every node but the root, level by level, each after its parent', () => {
    const visited: Array<[number, number, string]> = [];
    new Trie(['ab', 'ac', 'b']).forEachNode((node, parent, unit) =>
      visited.push([node, parent, String.fromCharCode(unit)]),
    );
    expect(visited).toEqual([
      [1, 0, 'a'],
      [2, 0, 'b'],
      [3, 1, 'b'],
      [4, 1, 'c'],
    ]);
  });

  test('visits nothing when there are no patterns', () => {
    new Trie([]).forEachNode(() => expect.unreachable());
  });
});

test('a trie knows exactly its patterns, and a node exactly for their beginnings', () => {
  const word = fc.string({
    unit: fc.constantFrom('a', 'b', '\u0000', '\uffff', '😄', '\ud83d'),
    maxLength: 6,
  });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 20 }), word, (words, other) => {
      const patterns = sorted(words);
      const trie = new Trie(patterns);
      const texts = [...words, other].filter((text) => text !== '');
      const isBeginning = (text: string) => patterns.some((pattern) => pattern.startsWith(text));
      expect(texts.map((text) => patternAt(trie, text))).toEqual(texts.map((text) => patterns.indexOf(text)));
      expect(texts.map((text) => nodeOf(trie, text) !== NONE)).toEqual(texts.map(isBeginning));
    }),
    { numRuns: 300 },
  );
});
