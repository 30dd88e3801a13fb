import { widthOf } from '../text/width.ts';
import {
  changed,
  type Editor,
  insertWhole,
  isBlank,
  lineAround,
  move,
  moveTo,
  textOf,
  undo,
  without,
} from './editor.ts';

/** A text after an edit, and the text that was cut last, which Ctrl+Y inserts. */
export interface Edited {
  editor: Editor;
  killed: string;
}

/** An edit of any text. */
export type Edit = (editor: Editor, killed: string) => Edited;

/** An edit that cuts nothing. */
export const plainEdit =
  (change: (editor: Editor) => Editor): Edit =>
  (editor, killed) => ({ editor: change(editor), killed });

/** A position in a text. */
type Place = (editor: Editor) => number;

/** Words are letters and digits, as for readline. */
const isInWord = (character = ''): boolean => /^[\p{L}\p{N}]/u.test(character);

const wordStart: Place = ({ characters, cursor }) => {
  let place = cursor;
  while (place > 0 && !isInWord(characters[place - 1])) place--;
  while (place > 0 && isInWord(characters[place - 1])) place--;
  return place;
};

const wordEnd: Place = ({ characters, cursor }) => {
  let place = cursor;
  while (place < characters.length && !isInWord(characters[place])) place++;
  while (place < characters.length && isInWord(characters[place])) place++;
  return place;
};

/** The start of what is written without a blank before the cursor. */
const blankBefore: Place = ({ characters, cursor }) => {
  let place = cursor;
  while (place > 0 && isBlank(characters[place - 1])) place--;
  while (place > 0 && !isBlank(characters[place - 1])) place--;
  return place;
};

const lineStart: Place = ({ characters, cursor }) => lineAround(characters, cursor)[0];
const lineEnd: Place = ({ characters, cursor }) => lineAround(characters, cursor)[1];

/** At the edge of its line, the line break beside the cursor. */
const orBreak =
  (place: Place, by: number): Place =>
  (editor) =>
    place(editor) === editor.cursor ? editor.cursor + by : place(editor);

const go = (place: Place): Edit => plainEdit((editor) => moveTo(editor, place(editor)));

/** Deletes one character. Several in a row are undone at once. */
const erase = (by: number): Edit =>
  plainEdit((editor) => {
    const next = without(editor, editor.cursor + by);
    if (next.characters.length === editor.characters.length) return editor;
    return changed(editor, next, 'deleting', editor.run === 'deleting');
  });

/** Cuts the text between the cursor and a place. What is cut in a row is joined. */
const kill =
  (place: Place): Edit =>
  (editor, killed) => {
    const to = Math.max(0, Math.min(editor.characters.length, place(editor)));
    const cut = textOf({
      characters: editor.characters.slice(Math.min(to, editor.cursor), Math.max(to, editor.cursor)),
    });
    if (cut === '') return { editor, killed };
    const next = changed(editor, without(editor, to), 'killing');
    if (editor.run !== 'killing') return { editor: next, killed: cut };
    return { editor: next, killed: to < editor.cursor ? cut + killed : killed + cut };
  };

/** Exchanges the characters around the cursor; at the end of a line, the two before it. */
const transpose = plainEdit((editor) => {
  const { characters, cursor } = editor;
  const [start, end] = lineAround(characters, cursor);
  const at = cursor === end ? cursor - 1 : cursor;
  const [one, other] = [characters[at - 1], characters[at]];
  if (at <= start || one === undefined || other === undefined) return editor;
  const swapped = [...characters.slice(0, at - 1), other, one, ...characters.slice(at + 1)];
  return changed(editor, { characters: swapped, cursor: at + 1 });
});

const yank: Edit = (editor, killed) => ({
  editor: killed === '' ? editor : insertWhole(editor, killed),
  killed,
});

/** The edits of every text, by what they do. */
export const edits = {
  back: plainEdit((editor) => move(editor, -1)),
  forward: plainEdit((editor) => move(editor, 1)),
  wordBack: go(wordStart),
  wordForward: go(wordEnd),
  lineStart: go(lineStart),
  lineEnd: go(lineEnd),
  eraseBack: erase(-1),
  eraseForward: erase(1),
  killWordBack: kill(wordStart),
  killWordForward: kill(wordEnd),
  killToBlank: kill(blankBefore),
  killToStart: kill(orBreak(lineStart, -1)),
  killToEnd: kill(orBreak(lineEnd, 1)),
  transpose,
  yank,
  undo: plainEdit(undo),
} satisfies Record<string, Edit>;

/**
 * Moves the cursor to the line above or below, as near to its column as possible.
 *
 * @returns undefined if there is no such line
 */
export function moveLine(editor: Editor, by: 1 | -1): Editor | undefined {
  const { characters, cursor } = editor;
  const [start, end] = lineAround(characters, cursor);
  const column = editor.column ?? widthOf(textOf({ characters: characters.slice(start, cursor) }));
  if (by < 0 ? start === 0 : end === characters.length) return undefined;
  const [from, to] = lineAround(characters, by < 0 ? start - 1 : end + 1);
  let place = from;
  let taken = 0;
  while (place < to) {
    taken += widthOf(characters[place] ?? '');
    if (taken > column) break;
    place++;
  }
  return { ...moveTo(editor, place), column };
}
