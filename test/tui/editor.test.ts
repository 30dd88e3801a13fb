import { expect, test } from 'vitest';
import { editorKeys, editorOf, emptyEditor, insert, move, textOf } from '../../src/tui/state/editor.ts';

const press = (start: string, ...keys: string[]) => {
  const editor = keys.reduce((now, key) => editorKeys[key]?.(now) ?? insert(now, key), editorOf(start));
  return `${editor.characters.slice(0, editor.cursor).join('')}|${editor.characters.slice(editor.cursor).join('')}`;
};

test.each([
  ['abc', ['left', 'X'], 'abX|c'],
  ['abc', ['home', 'right', 'delete'], 'a|c'],
  ['abc', ['home', 'backspace'], '|abc'],
  ['abc', ['end', 'delete'], 'abc|'],
  ['a👩‍👩‍👧‍👦', ['backspace'], 'a|'],
  ['ae\u0301', ['left', 'X'], 'aX|e\u0301'],
  ['one two  ', ['ctrl+w'], 'one |'],
  ['one two', ['ctrl+left', 'X'], 'one X|two'],
  ['one two', ['ctrl+u'], '|'],
  ['one', ['alt+enter', 'two'], 'one\ntwo|'],
])('%j with %j', (start, keys, expected) => {
  expect(press(start, ...keys)).toBe(expected);
});

test('an accent joins the letter before it', () => {
  const editor = insert(insert(emptyEditor, 'e'), '\u0301');
  expect(editor).toEqual({ characters: ['e\u0301'], cursor: 1 });
});

test('the cursor stays in the text', () => {
  expect(move(editorOf('ab'), 9).cursor).toBe(2);
  expect(move(editorOf('ab'), -9).cursor).toBe(0);
  expect(textOf(editorOf('ab'))).toBe('ab');
});

test('within a text of many lines only the line of the cursor changes', () => {
  expect(press('one\ntwo\nthree', 'ctrl+left', 'left', 'left', 'e', '\u0301')).toBe(
    'one\ntwe\u0301|o\nthree',
  );
});
