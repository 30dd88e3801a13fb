import { graphemes } from '../text/width.ts';

/** A text at one moment: its characters as a person counts them, and how many are before the cursor. */
interface Moment {
  readonly characters: readonly string[];
  readonly cursor: number;
}

/** Changes in a row that are undone together, or whose cut texts are joined. */
type Run = 'typing' | 'deleting' | 'killing';

/** A text being written. */
export interface Editor extends Moment {
  /** The texts before each change, oldest first. */
  readonly past: readonly Moment[];
  /** What the last key did; null if it moved the cursor. */
  readonly run: Run | null;
  /** The column that the cursor returns to while it moves from line to line. */
  readonly column: number | null;
}

/** Number of changes that can be undone, and of characters kept for that. */
const maxPast = 100;
const maxPastCharacters = 200_000;

const fresh = { past: [], run: null, column: null } as const;

export const emptyEditor: Editor = { characters: [], cursor: 0, ...fresh };

/** An editor with the cursor at the end of a text. */
export const editorOf = (text: string): Editor => {
  const characters = graphemes(text);
  return { characters, cursor: characters.length, ...fresh };
};

export const textOf = ({ characters }: Pick<Editor, 'characters'>): string => characters.join('');

/** A change that can be undone, unless it continues the one before. */
export function changed(
  editor: Editor,
  { characters, cursor }: Moment,
  run: Run | null = null,
  continues = false,
): Editor {
  return { characters, cursor, past: continues ? editor.past : pastWith(editor), run, column: null };
}

function pastWith({ past, characters, cursor }: Editor): readonly Moment[] {
  const all = [...past, { characters, cursor }].slice(-maxPast);
  let size = 0;
  const first = all.findLastIndex((moment) => {
    size += moment.characters.length;
    return size > maxPastCharacters;
  });
  return all.slice(Math.min(first + 1, all.length - 1));
}

/** Takes back the last change. */
export function undo(editor: Editor): Editor {
  const before = editor.past.at(-1);
  return before === undefined ? editor : { ...fresh, ...before, past: editor.past.slice(0, -1) };
}

/** Inserts what was typed at the cursor. A word is undone at once. */
export function insert(editor: Editor, text: string): Editor {
  const isNewWord = isBlank(editor.characters[editor.cursor - 1]) && !isBlank(text.charAt(0));
  return changed(editor, inserted(editor, text), 'typing', editor.run === 'typing' && !isNewWord);
}

/** Inserts a text at the cursor that is undone as one. */
export const insertWhole = (editor: Editor, text: string): Editor => changed(editor, inserted(editor, text));

export const isBlank = (character: string | undefined): boolean => character?.trim() === '';

/**
 * The text with another at the cursor. Characters may join, as an accent does with its letter. That can only
 * happen within the cursor's line, so only this line is segmented again.
 */
function inserted({ characters, cursor }: Editor, text: string): Moment {
  const [start, end] = lineAround(characters, cursor);
  const before = graphemes(characters.slice(start, cursor).join('') + text);
  const line = graphemes(before.join('') + characters.slice(cursor, end).join(''));
  return {
    characters: [...characters.slice(0, start), ...line, ...characters.slice(end)],
    cursor: start + Math.min(before.length, line.length),
  };
}

/** Where the line of a position starts and ends. */
export function lineAround(characters: readonly string[], place: number): [start: number, end: number] {
  const start = place === 0 ? 0 : characters.lastIndexOf('\n', place - 1) + 1;
  const next = characters.indexOf('\n', place);
  return [start, next === -1 ? characters.length : next];
}

/** Moves the cursor by a number of characters. */
export const move = (editor: Editor, by: number): Editor => moveTo(editor, editor.cursor + by);

/** Moves the cursor. */
export const moveTo = (editor: Editor, to: number): Editor => ({
  ...editor,
  cursor: Math.max(0, Math.min(editor.characters.length, to)),
  run: null,
  column: null,
});

/** The text without what is between the cursor and another position. */
export function without({ characters, cursor }: Editor, to: number): Moment {
  const [start, end] = to < cursor ? [Math.max(0, to), cursor] : [cursor, to];
  return { characters: [...characters.slice(0, start), ...characters.slice(end)], cursor: start };
}

/** Empties a text. */
export const clear = (editor: Editor): Editor =>
  editor.characters.length === 0 ? editor : changed(editor, { characters: [], cursor: 0 });
