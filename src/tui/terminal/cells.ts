import { graphemes, widthOf } from '../text/width.ts';

/** What stands in one column of a row. */
export interface Cell {
  /** A character as a person counts them; empty in the second column of a wide one. */
  readonly text: string;
  /** The parameters of its style (SGR); empty for none. */
  readonly style: string;
}

/** A row by columns, without the blanks at its end. */
export type Cells = readonly Cell[];

const blank: Cell = { text: ' ', style: '' };

export const cellAt = (cells: Cells, column: number): Cell => cells[column] ?? blank;

/** Whether the column belongs to the wide character before it. */
export const isContinued = (cells: Cells, column: number): boolean => cells[column]?.text === '';

/** The attributes that a code of SGR sets or ends, in the order in which they are written. */
const slots = [
  'bold',
  'dim',
  'italic',
  'underline',
  'inverse',
  'hidden',
  'struck',
  'text',
  'ground',
] as const;
type Slot = (typeof slots)[number];
type Attributes = Partial<Record<Slot, string>>;

const setting: Record<string, Slot> = {
  1: 'bold',
  2: 'dim',
  3: 'italic',
  4: 'underline',
  7: 'inverse',
  8: 'hidden',
  9: 'struck',
};

const ending: Record<string, readonly Slot[]> = {
  0: slots,
  22: ['bold', 'dim'],
  23: ['italic'],
  24: ['underline'],
  27: ['inverse'],
  28: ['hidden'],
  29: ['struck'],
  39: ['text'],
  49: ['ground'],
};

/** A colour of a text: one of 16, of 256, or of all; the same of what is behind it. */
const colour = /^(?:3[0-7]|9[0-7]|38;5;\d+|38;2;\d+;\d+;\d+)$/;
const groundColour = /^(?:4[0-7]|10[0-7]|48;5;\d+|48;2;\d+;\d+;\d+)$/;
const codes = /[34]8;5;\d+|[34]8;2;\d+;\d+;\d+|\d+/g;

function changed(attributes: Attributes, parameters: string): Attributes {
  const next = { ...attributes };
  for (const [code] of (parameters || '0').matchAll(codes)) {
    for (const slot of ending[code] ?? []) delete next[slot];
    const slot =
      setting[code] ?? (colour.test(code) ? 'text' : groundColour.test(code) ? 'ground' : undefined);
    if (slot) next[slot] = code;
  }
  return next;
}

const styleOf = (attributes: Attributes): string =>
  slots
    .map((slot) => attributes[slot])
    .filter((code) => code !== undefined)
    .join(';');

/** A style, or text up to the next one. Any other sequence is no part of a frame. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a style begins with an escape character
const pieces = /\u001b\[([\d;]*)m|[^\u001b]+/g;

/** The cells of a row of a frame, as many as there are columns. */
export function cellsOf(row: string, columns: number): Cells {
  const cells: Cell[] = [];
  let attributes: Attributes = {};
  for (const [text, parameters] of row.matchAll(pieces)) {
    if (parameters === undefined) put(cells, text, styleOf(attributes), columns);
    else attributes = changed(attributes, parameters);
  }
  while (cells.at(-1)?.text === ' ' && cells.at(-1)?.style === '') cells.pop();
  return cells;
}

function put(cells: Cell[], text: string, style: string, columns: number): void {
  for (const character of graphemes(text)) {
    const width = widthOf(character);
    if (cells.length + width > columns) return;
    if (width > 0) cells.push({ text: character, style });
    if (width > 1) cells.push({ text: '', style });
  }
}
