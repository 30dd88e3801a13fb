import type { Editor } from '../state/editor.ts';
import { cutLine, type Line, lineWidth } from '../text/line.ts';
import { cutStart, safe, widthOf } from '../text/width.ts';

interface EditorLine {
  spans: Line;
  /** Columns before the cursor. */
  cursorAt: number;
}

/** The lines of a text, with the place of the cursor. If there are too many, those around the cursor. */
export function editorLines(
  { characters, cursor }: Pick<Editor, 'characters' | 'cursor'>,
  showsCursor: boolean,
  height = Number.POSITIVE_INFINITY,
): EditorLine[] {
  const starts = lineStarts(characters);
  const focused = starts.findLastIndex((start) => start <= cursor);
  const top = Math.max(0, Math.min(focused - height + 1, starts.length - height));
  return starts.slice(top, top + height).map((start, place) => {
    const end = (starts[top + place + 1] ?? characters.length + 1) - 1;
    return editorLine(characters.slice(start, end), cursor - start, showsCursor);
  });
}

function lineStarts(characters: readonly string[]): number[] {
  const starts = [0];
  for (let place = 0; place < characters.length; place++)
    if (characters[place] === '\n') starts.push(place + 1);
  return starts;
}

function editorLine(characters: readonly string[], cursor: number, showsCursor: boolean): EditorLine {
  const shown = characters.map((character) => safe(character));
  const hasCursor = cursor >= 0 && cursor <= shown.length;
  if (!hasCursor || !showsCursor) return { spans: [{ text: shown.join('') }], cursorAt: 0 };
  const before = shown.slice(0, cursor).join('');
  const spans: Line = [
    { text: before },
    { text: shown[cursor] ?? ' ', style: 'cursor' },
    { text: shown.slice(cursor + 1).join('') },
  ];
  return { spans, cursorAt: widthOf(before) };
}

/** The part of a line around the cursor, if the line is too long. */
export function windowAround({ spans, cursorAt }: EditorLine, room: number): Line {
  if (lineWidth(spans) < room || cursorAt < room - 2) return cutLine(spans, Math.max(1, room));
  const [before = { text: '' }, ...rest] = spans;
  return cutLine([{ text: `…${cutStart(before.text, room - 3)}` }, ...rest], Math.max(1, room));
}
