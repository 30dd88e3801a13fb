import { describe, expect, test } from 'vitest';
import { type Edit, edits, moveLine } from '../../../src/tui/state/editing.ts';
import {
  clear,
  type Editor,
  editorOf,
  emptyEditor,
  insert,
  insertWhole,
  move,
  textOf,
  undo,
} from '../../../src/tui/state/editor.ts';

/** A text with the cursor where `|` is. */
function written(text: string): Editor {
  const [before = '', after = ''] = text.split('|');
  return { ...editorOf(before + after), cursor: editorOf(before).cursor };
}

const shown = ({ characters, cursor }: Editor) =>
  `${characters.slice(0, cursor).join('')}|${characters.slice(cursor).join('')}`;

const isEdit = (name: string): name is keyof typeof edits => name in edits;

/** A text after edits by their names, and what is cut then. Other words are typed. */
function edit(start: string, ...steps: string[]): { text: string; killed: string } {
  let editor = written(start);
  let killed = '';
  for (const step of steps) {
    const change: Edit = isEdit(step)
      ? edits[step]
      : (before, cut) => ({ editor: insert(before, step), killed: cut });
    ({ editor, killed } = change(editor, killed));
  }
  return { text: shown(editor), killed };
}

describe('moving', () => {
  test.each<[keyof typeof edits, string, string]>([
    ['back', 'ab|', 'a|b'],
    ['back', '|ab', '|ab'],
    ['forward', '|ab', 'a|b'],
    ['forward', 'ab|', 'ab|'],
    ['wordBack', 'one, two-three|', 'one, two-|three'],
    ['wordBack', 'one, |two', '|one, two'],
    ['wordForward', '|one, two', 'one|, two'],
    ['wordForward', 'one|, größe9!', 'one, größe9|!'],
    ['wordForward', 'one|!', 'one!|'],
    ['lineStart', 'one\ntw|o\nthree', 'one\n|two\nthree'],
    ['lineStart', 'one|', '|one'],
    ['lineEnd', 'one\nt|wo\nthree', 'one\ntwo|\nthree'],
  ])('%s from %j to %j', (name, from, to) => {
    expect(edit(from, name).text).toBe(to);
  });

  test.each([
    ['one|\ntwo', -1, undefined],
    ['one\ntwo|', 1, undefined],
    ['one\ntw|o', -1, 'on'],
    ['o|ne\ntwo', 1, 't'],
    ['long line|\nx', 1, 'x'],
    ['你好|\nabcdef', 1, 'abcd'],
  ])('from the line of %j by %i is to behind %j', (from, by, behind) => {
    const editor = moveLine(written(from), by < 0 ? -1 : 1);
    const line = editor && (shown(editor).split('|')[0] ?? '').split('\n').at(-1);
    expect(line).toBe(behind);
  });

  test('over a short line comes back to its column', () => {
    const down = [1, 1].reduce((now) => moveLine(now, 1) ?? now, written('four|\n\nfour'));
    expect(shown(down)).toBe('four\n\nfour|');
  });
});

describe('deleting and cutting', () => {
  test.each<[string, string[], string, string]>([
    ['a👩‍👩‍👧‍👦|', ['eraseBack'], 'a|', ''],
    ['|ab', ['eraseForward'], '|b', ''],
    ['|ab', ['eraseBack'], '|ab', ''],
    ['one two-three|', ['killWordBack'], 'one two-|', 'three'],
    ['one two-three|', ['killToBlank'], 'one |', 'two-three'],
    ['one two  |', ['killToBlank'], 'one |', 'two  '],
    ['one| two three', ['killWordForward'], 'one| three', ' two'],
    ['one\ntw|o', ['killToStart'], 'one\n|o', 'tw'],
    ['one\n|two', ['killToStart'], 'one|two', '\n'],
    ['on|e\ntwo', ['killToEnd'], 'on|\ntwo', 'e'],
    ['one|\ntwo', ['killToEnd'], 'one|two', '\n'],
    ['|', ['killToEnd'], '|', ''],
    ['one two|', ['killWordBack', 'killWordBack'], '|', 'one two'],
    ['|one two', ['killWordForward', 'killWordForward'], '|', 'one two'],
    ['one two|', ['killWordBack', 'back', 'killWordBack'], '| ', 'one'],
    ['one|', ['killToStart', 'yank', 'yank'], 'oneone|', 'one'],
    ['ab|cd', ['transpose'], 'acb|d', ''],
    ['abc|', ['transpose'], 'acb|', ''],
    ['|ab', ['transpose'], '|ab', ''],
    ['ab\n|c', ['transpose'], 'ab\n|c', ''],
  ])('%j with %j', (start, steps, text, killed) => {
    expect(edit(start, ...steps)).toEqual({ text, killed });
  });
});

describe('undo', () => {
  const undone = (times: number, start: string, ...steps: string[]) =>
    edit(start, ...steps, ...Array.from({ length: times }, () => 'undo')).text;

  test.each<[number, string, string[], string]>([
    [1, '|', ['h', 'i', ' ', 'y', 'o', 'u'], 'hi |'],
    [2, '|', ['h', 'i', ' ', 'y', 'o', 'u'], '|'],
    [9, '|', ['h', 'i'], '|'],
    [1, 'abc|', ['eraseBack', 'eraseBack'], 'abc|'],
    [1, 'abc|', ['eraseBack', 'x'], 'ab|'],
    [1, '|', ['a', 'back', 'b'], '|a'],
    [1, 'one two|', ['killWordBack'], 'one two|'],
    [1, 'one|', ['killToStart', 'yank'], '|'],
  ])('%i times of %j with %j is %j', (times, start, steps, text) => {
    expect(undone(times, start, ...steps)).toBe(text);
  });

  test('brings back a text that was cleared, with its cursor', () => {
    expect(shown(undo(clear(written('on|e'))))).toBe('on|e');
    expect(clear(emptyEditor)).toBe(emptyEditor);
  });

  test('takes a paste back as one, and keeps little of what is huge', () => {
    expect(textOf(undo(insertWhole(insert(emptyEditor, 'a'), 'b c d')))).toBe('a');
    const huge = ['x'.repeat(150_000), ' y', ' z'].reduce(insertWhole, emptyEditor);
    expect(huge.past.map(({ characters }) => characters.length)).toEqual([150_002]);
  });
});

test('an accent joins the letter before it', () => {
  expect(shown(insert(insert(emptyEditor, 'e'), '\u0301'))).toBe('e\u0301|');
  expect(edit('one\ntw|o\nthree', '\u0301').text).toBe('one\ntw\u0301|o\nthree');
});

test('the cursor stays in the text', () => {
  expect(move(editorOf('ab'), 9).cursor).toBe(2);
  expect(move(editorOf('ab'), -9).cursor).toBe(0);
});
