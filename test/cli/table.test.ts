import { expect, test } from 'vitest';
import { table } from '../../src/cli/table.ts';

test.each<[string, string[], string[][], string[]]>([
  ['without rows is its head', ['NAME', 'STATE'], [], ['NAME  STATE']],
  ['without columns is empty', [], [], ['']],
  [
    'is aligned to the widest cell',
    ['NAME', 'ON'],
    [
      ['hello', 'yes'],
      ['a', 'no'],
    ],
    ['NAME   ON', 'hello  yes', 'a      no'],
  ],
  [
    'has no blanks at the end of a line',
    ['A', 'B'],
    [
      ['x', ''],
      ['', 'y'],
    ],
    ['A  B', 'x', '   y'],
  ],
  [
    'has a line for each row',
    ['A', 'B'],
    [
      ['one\ntwo', 'x'],
      ['\n', ''],
    ],
    ['A        B', 'one two  x', ''],
  ],
  [
    'shows no control characters, and is aligned to what is shown',
    ['A', 'B'],
    [['\u001b[2J', 'x']],
    ['A        B', '\\x1b[2J  x'],
  ],
  [
    'is aligned with wide characters, too',
    ['NAME', 'ON'],
    [
      ['你好世界', 'yes'],
      ['👩‍👩‍👧‍👦', 'no'],
      ['e\u0301', 'no'],
    ],
    ['NAME      ON', '你好世界  yes', '👩‍👩‍👧‍👦        no', 'e\u0301         no'],
  ],
])('a table %s', async (_, head, rows, lines) => {
  expect((await table(head, rows)).split('\n')).toEqual(lines);
});
