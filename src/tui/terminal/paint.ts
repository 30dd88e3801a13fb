import { type Cells, cellAt, cellsOf, isContinued } from './cells.ts';

/** The size of a terminal. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A place on the screen, counted from 0. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** What stands on the terminal: a row as it came, and by columns. */
interface Shown {
  readonly text: string;
  readonly cells: Cells;
}

export type Rows = readonly Shown[];

const reset = '\u001b[m';
const eraseToEnd = '\u001b[K';
const moveTo = ({ row, column }: Place): string => `\u001b[${row + 1};${column + 1}H`;
const toColumn = (column: number): string => `\u001b[${column + 1}G`;

/** The rows of a frame, as many as the terminal has. What is wider or taller is left out. */
export function rowsOf(frame: string, { columns, rows }: Size, before: Rows | null): Rows {
  const texts = frame.split('\n');
  return Array.from({ length: rows }, (_, place) => {
    const text = texts[place] ?? '';
    const known = before?.[place];
    return known?.text === text ? known : { text, cells: cellsOf(text, columns) };
  });
}

/**
 * What has to be written so that a terminal shows these rows: only what differs from what stands there. Styles are
 * reset before and after it.
 *
 * @param before what stands there; null if nobody knows
 */
export function changes(before: Rows | null, after: Rows, columns: number): string {
  return after
    .map((shown, row) => {
      const known = before?.[row];
      if (known === shown) return '';
      const old = known?.cells ?? null;
      return changesOfRow(old, shown.cells, row, columns);
    })
    .join('');
}

function changesOfRow(old: Cells | null, cells: Cells, row: number, columns: number): string {
  const [start, end] = old === null ? [0, columns] : changedPart(old, cells);
  if (start >= end) return '';
  const written = writeCells(cells, start, Math.min(end, cells.length));
  // In the last column, erasing would take the character that was just written there.
  const erased = end > cells.length && cells.length < columns ? eraseToEnd : '';
  return moveTo({ row, column: start }) + written + erased;
}

/** The columns from the first that differs to the last. A wide character is never cut in two. */
function changedPart(old: Cells, cells: Cells): [start: number, end: number] {
  const differs = (column: number): boolean => {
    const [one, other] = [cellAt(old, column), cellAt(cells, column)];
    return one.text !== other.text || one.style !== other.style;
  };
  const splits = (column: number): boolean => isContinued(old, column) || isContinued(cells, column);
  let [start, end] = [0, Math.max(old.length, cells.length)];
  while (start < end && !differs(start)) start++;
  while (end > start && !differs(end - 1)) end--;
  if (start < end) {
    while (splits(start)) start--;
    while (splits(end)) end++;
  }
  return [start, end];
}

function writeCells(cells: Cells, start: number, end: number): string {
  let written = '';
  let style = '';
  for (let column = start; column < end; column++) {
    const cell = cellAt(cells, column);
    if (cell.text === '') continue;
    if (cell.style !== style) written += cell.style === '' ? reset : `\u001b[0;${cell.style}m`;
    style = cell.style;
    const isWide = isContinued(cells, column + 1);
    written += hasUnsureWidth(cell.text) ? pinned(cell.text, column, isWide ? 2 : 1) : cell.text;
  }
  return style === '' ? written : written + reset;
}

/** Whether terminals may disagree about its width: emoji, and characters of several code points. */
const hasUnsureWidth = (character: string): boolean =>
  (character.codePointAt(0) ?? 0) >= 0x1_f000 || [...character].length > 1;

/** A character with blanks below it and the cursor behind it, however wide the terminal believes it to be. */
const pinned = (character: string, column: number, width: number): string =>
  ' '.repeat(width) + toColumn(column) + character + toColumn(column + width);

/** Moves the cursor to a place on the screen. */
export const placeCursor = ({ row, column }: Place, { columns, rows }: Size): string =>
  moveTo({ row: Math.min(row, rows - 1), column: Math.min(column, columns - 1) });
