import { graphemes } from '../text/width.ts';

/** A text being written: its characters as a person counts them, and how many are before the cursor. */
export interface Editor {
  readonly characters: readonly string[];
  readonly cursor: number;
}

export const emptyEditor: Editor = { characters: [], cursor: 0 };

/** An editor with the cursor at the end of a text. */
export const editorOf = (text: string): Editor => {
  const characters = graphemes(text);
  return { characters, cursor: characters.length };
};

export const textOf = ({ characters }: Editor): string => characters.join('');

/**
 * Inserts a text at the cursor. Characters may join, as an accent does with its letter. That can only happen
 * within the cursor's line, so only this line is segmented again.
 */
export function insert({ characters, cursor }: Editor, text: string): Editor {
  const start = cursor === 0 ? 0 : characters.lastIndexOf('\n', cursor - 1) + 1;
  const next = characters.indexOf('\n', cursor);
  const end = next === -1 ? characters.length : next;
  const before = graphemes(characters.slice(start, cursor).join('') + text);
  const line = graphemes(before.join('') + characters.slice(cursor, end).join(''));
  return {
    characters: [...characters.slice(0, start), ...line, ...characters.slice(end)],
    cursor: start + Math.min(before.length, line.length),
  };
}

/** Moves the cursor by a number of characters. */
export const move = (editor: Editor, by: number): Editor => moveTo(editor, editor.cursor + by);

const moveTo = ({ characters }: Editor, to: number): Editor => ({
  characters,
  cursor: Math.max(0, Math.min(characters.length, to)),
});

/** Deletes the text between the cursor and another position. */
function removeTo({ characters, cursor }: Editor, to: number): Editor {
  const [start, end] = to < cursor ? [Math.max(0, to), cursor] : [cursor, to];
  return { characters: [...characters.slice(0, start), ...characters.slice(end)], cursor: start };
}

/** The start of the word before the cursor. */
function wordStart({ characters, cursor }: Editor): number {
  let place = cursor;
  while (place > 0 && characters[place - 1]?.trim() === '') place--;
  while (place > 0 && characters[place - 1]?.trim() !== '') place--;
  return place;
}

/** The editing keys of every text input. */
export const editorKeys: Record<string, (editor: Editor) => Editor> = {
  left: (editor) => move(editor, -1),
  right: (editor) => move(editor, 1),
  home: (editor) => moveTo(editor, 0),
  'ctrl+a': (editor) => moveTo(editor, 0),
  end: (editor) => moveTo(editor, editor.characters.length),
  'ctrl+e': (editor) => moveTo(editor, editor.characters.length),
  'ctrl+left': (editor) => moveTo(editor, wordStart(editor)),
  backspace: (editor) => removeTo(editor, editor.cursor - 1),
  delete: (editor) => removeTo(editor, editor.cursor + 1),
  'ctrl+w': (editor) => removeTo(editor, wordStart(editor)),
  'ctrl+u': (editor) => removeTo(editor, 0),
  'alt+enter': (editor) => insert(editor, '\n'),
  'ctrl+j': (editor) => insert(editor, '\n'),
};
