import { describe, expect, test } from 'vitest';
import { droppedNotice, PrintedLines } from '../../src/sandbox/printed-lines.ts';

const longestLine = 8_192;
const mostCharacters = 262_144;
const mostLines = 1_000;

/** The lines of some chunks, and how many bytes were discarded. */
function print(...chunks: string[]) {
  const lines: string[] = [];
  const printed = new PrintedLines((line) => lines.push(line));
  for (const chunk of chunks) printed.add(chunk);
  return { lines, dropped: printed.finish() };
}

describe('chunks become lines', () => {
  test.each<[string, string[], string[]]>([
    ['nothing', [], []],
    ['an empty chunk', [''], []],
    ['one line', ['a\n'], ['a']],
    ['several lines in a chunk', ['a\nb\n'], ['a', 'b']],
    ['a line in several chunks', ['a', 'b', 'c\nd\n'], ['abc', 'd']],
    ['a line break of its own', ['a', '\n'], ['a']],
    ['empty lines', ['\n\na\n'], ['', '', 'a']],
    ['a last line without an end', ['a\nb'], ['a', 'b']],
    ['a carriage return, which stays', ['a\r\n'], ['a\r']],
    ['other separators, which end no line', ['a\u2028b\u0085c\n'], ['a\u2028b\u0085c']],
  ])('%s', (_, chunks, lines) => {
    expect(print(...chunks)).toEqual({ lines, dropped: 0 });
  });

  test('as soon as each is complete, and the rest at the end', () => {
    const lines: string[] = [];
    const printed = new PrintedLines((line) => lines.push(line));
    printed.add('a\nb');
    expect(lines).toEqual(['a']);
    printed.finish();
    expect(lines).toEqual(['a', 'b']);
  });
});

describe('a long line is broken', () => {
  const lengths = ({ lines }: { lines: string[] }) => lines.map((line) => line.length);

  test.each<[string, string[], number[]]>([
    ['not at the limit', [`${'x'.repeat(longestLine)}\n`], [longestLine]],
    ['one character over it', [`${'x'.repeat(longestLine + 1)}\n`], [longestLine, 1]],
    ['into as many pieces as it needs', ['x'.repeat(2 * longestLine + 5)], [longestLine, longestLine, 5]],
    ['when chunks add up to one', ['x'.repeat(longestLine), 'x\n'], [longestLine, 1]],
  ])('%s', (_, chunks, expected) => {
    expect(lengths(print(...chunks))).toEqual(expected);
  });

  test('after the lines before it', () => {
    const { lines } = print(`first\n${'x'.repeat(longestLine)}y`);
    expect(lines).toEqual(['first', 'x'.repeat(longestLine), 'y']);
  });

  test('but not inside an emoji', () => {
    const { lines } = print(`x${'😄'.repeat(longestLine)}`);
    expect(lines.every((line) => line.isWellFormed())).toBe(true);
    expect(lines.join('')).toBe(`x${'😄'.repeat(longestLine)}`);
  });
});

describe('what is too much for one operation is discarded', () => {
  test('lines, with their line breaks', () => {
    const { lines, dropped } = print('a\n'.repeat(mostLines), 'bc\n', 'd\n');
    expect([lines.length, dropped]).toEqual([mostLines, 5]);
  });

  test('lines in one chunk', () => {
    const { lines, dropped } = print('a\n'.repeat(mostLines + 3));
    expect([lines.length, dropped]).toEqual([mostLines, 6]);
  });

  test('a last line without an end', () => {
    expect(print('a\n'.repeat(mostLines), 'b').dropped).toBe(1);
  });

  test('characters, counted as bytes', () => {
    const full = `${'x'.repeat(1_023)}\n`.repeat(mostCharacters / 1_024);
    expect(print(full).dropped).toBe(0);
    expect(print(full, 'é\n').dropped).toBe(3);
    expect(print(`${full}😄`).dropped).toBe(4);
  });

  test('an emoji that does not fit, as a whole, and everything after it', () => {
    const almost = `${'x'.repeat(1_023)}\n`.repeat(mostCharacters / 1_024).slice(0, -1);
    const { lines, dropped } = print(`${almost}😄`, 'y');
    expect([lines.at(-1)?.length, lines.at(-1)?.isWellFormed(), dropped]).toEqual([1_023, true, 5]);
  });

  test('endlessly, without holding it in memory', () => {
    const chunk = 'x'.repeat(1_000_000);
    const { lines, dropped } = print(...Array<string>(50).fill(chunk));
    expect(lines.join('')).toHaveLength(mostCharacters);
    expect(dropped).toBe(50_000_000 - mostCharacters);
  });
});

test.each([
  ['lines', 'a\n'.repeat(mostLines + 1), 2],
  ['characters', 'x'.repeat(mostCharacters + 1), 1],
])('the next operation has limits of its own after too many %s', (_, text, bytes) => {
  const lines: string[] = [];
  const printed = new PrintedLines((line) => lines.push(line));
  printed.add(text);
  expect([printed.dropped, printed.finish(), printed.dropped]).toEqual([bytes, bytes, 0]);
  printed.add('next\n');
  expect([lines.at(-1), printed.finish()]).toEqual(['next', 0]);
});

test('the notice says how much is missing', () => {
  expect(droppedNotice(2_048)).toBe('… 2048 more bytes were printed and left out.');
});
