import type { Anchor, Conversation, Entry } from '../state/conversation.ts';
import { type Line, lineText } from '../text/line.ts';
import { entryLines } from './message-lines.ts';

/** The size of the conversation's pane, and the current speaker. */
export interface Pane {
  width: number;
  height: number;
  me: string | null;
  /** What is searched for, and the message that was found. */
  mark?: { text: string; id: string | undefined } | undefined;
}

/** The start of every row. It shows whether the row's message is selected. */
const gutters = { plain: '  ', selected: '▌ ' };

const cache = new WeakMap<Entry, { key: string; rows: Line[] }>();

/** The rows of one entry of a conversation. Cached for each width and neighbour. */
function rowsOf({ entries, newFrom }: Conversation, index: number, { width, me, mark }: Pane): Line[] {
  const entry = entries[index];
  if (entry === undefined) return [];
  const previous = entries[index - 1];
  const isNew = entry.id === newFrom;
  const key = `${width} ${me} ${previous?.id} ${mark?.text} ${isNew}`;
  const known = cache.get(entry);
  if (known?.key === key) return known.rows;
  const room = width - gutters.plain.length;
  const rows = entryLines(entry, { previous, width: room, me, mark: mark?.text, isNew });
  cache.set(entry, { key, rows });
  return rows;
}

/** The index of the entry at the bottom edge, and how many of its rows are below. */
function bottom({ entries, anchor }: Conversation): { index: number; below: number } {
  const index = anchor === null ? -1 : entries.findIndex(({ id }) => id === anchor.entryId);
  return index === -1 ? { index: entries.length - 1, below: 0 } : { index, below: anchor?.below ?? 0 };
}

/** A row on the screen, and the entry that it is a part of. */
interface ShownRow {
  row: Line;
  entry: Entry | undefined;
}

/** The visible rows; fewer than the height if there are no more. */
export const visibleRows = (conversation: Conversation, pane: Pane): Line[] =>
  shownRows(conversation, pane).map(({ row }) => row);

/** The entry in a row of the pane, counted from its top. The last row of all is at its bottom. */
export function entryAt(conversation: Conversation, pane: Pane, place: number): Entry | undefined {
  const rows = shownRows(conversation, pane);
  return rows[place - (pane.height - rows.length)]?.entry;
}

/** Only what is visible is laid out. */
function shownRows(conversation: Conversation, pane: Pane): ShownRow[] {
  const { index, below } = bottom(conversation);
  const rows: ShownRow[] = [];
  for (let place = index; place >= 0 && rows.length < pane.height; place--) {
    const entry = conversation.entries[place];
    const all = rowsOf(conversation, place, pane);
    const shown = place === index && below > 0 ? all.slice(0, Math.max(0, all.length - below)) : all;
    const isMarked = entry !== undefined && [conversation.selected, pane.mark?.id].includes(entry.id);
    const gutter = isMarked ? gutters.selected : gutters.plain;
    rows.unshift(...shown.map((row) => ({ row: behind(gutter, row), entry })));
  }
  return rows.slice(-pane.height);
}

/** The blank row between two messages belongs to neither. */
const behind = (gutter: string, row: Line): Line => [
  { text: lineText(row) === '' ? gutters.plain : gutter, style: 'me' },
  ...row,
];

/** Whether there is so little above the pane that older messages should be loaded. */
export function isNearStart(conversation: Conversation, pane: Pane): boolean {
  const { index } = bottom(conversation);
  let above = 0;
  for (let place = index; place >= 0; place--) {
    above += rowsOf(conversation, place, pane).length;
    if (above > pane.height * 3) return false;
  }
  return true;
}

/** Whether there is so little below the pane that newer messages should be loaded. */
export function isNearEnd(conversation: Conversation, pane: Pane): boolean {
  const { index, below } = bottom(conversation);
  let rows = below;
  for (let place = index + 1; place < conversation.entries.length; place++) {
    rows += rowsOf(conversation, place, pane).length;
    if (rows > pane.height * 3) return false;
  }
  return true;
}

/**
 * Scrolls by rows, up if negative. Scrolling below the last row sticks to the end again, unless newer messages
 * are still to be loaded.
 */
export function scroll(conversation: Conversation, rows: number, pane: Pane): Conversation {
  const moved = rows < 0 ? scrolledUp(conversation, -rows, pane) : scrolledDown(conversation, rows, pane);
  const last = conversation.entries.length - 1;
  const anchor = moved === null && conversation.detached ? anchorAt(conversation, last, 0) : moved;
  return {
    ...conversation,
    anchor,
    unseen: anchor === null && !conversation.detached ? 0 : conversation.unseen,
  };
}

function scrolledUp(conversation: Conversation, rows: number, pane: Pane): Anchor | null {
  let { index, below } = bottom(conversation);
  let left = Math.min(rows, rowsAbove(conversation, pane));
  if (left === 0) return conversation.anchor;
  while (index > 0 && left >= rowsOf(conversation, index, pane).length - below) {
    left -= rowsOf(conversation, index, pane).length - below;
    index--;
    below = 0;
  }
  return anchorAt(conversation, index, below + left);
}

/** How many rows the pane can scroll up until the first row is at the top. */
function rowsAbove(conversation: Conversation, pane: Pane): number {
  const { index, below } = bottom(conversation);
  let above = -below - pane.height;
  for (let place = index; place >= 0; place--) above += rowsOf(conversation, place, pane).length;
  return Math.max(0, above);
}

function scrolledDown(conversation: Conversation, rows: number, pane: Pane): Anchor | null {
  let { index, below } = bottom(conversation);
  let left = rows;
  while (left >= below && index < conversation.entries.length - 1) {
    left -= below;
    index++;
    below = rowsOf(conversation, index, pane).length;
  }
  if (left >= below) return null;
  return anchorAt(conversation, index, below - left);
}

function anchorAt({ entries }: Conversation, index: number, below: number): Anchor | null {
  const entry = entries[index];
  return entry === undefined ? null : { entryId: entry.id, below };
}

/** Scrolls until the selected message is visible. */
export function reveal(conversation: Conversation, pane: Pane): Conversation {
  const { index, below } = bottom(conversation);
  const wanted = conversation.entries.findIndex(({ id }) => id === conversation.selected);
  if (wanted === -1) return conversation;
  if (wanted > index || (wanted === index && below > 0)) {
    const isLast = wanted === conversation.entries.length - 1;
    return { ...conversation, anchor: isLast ? null : anchorAt(conversation, wanted, 0) };
  }
  let used = -below;
  for (let place = index; place >= wanted; place--) used += rowsOf(conversation, place, pane).length;
  return used <= pane.height ? conversation : scroll(conversation, pane.height - used, pane);
}

/** Scrolls until a message is at the top or in the middle of the pane, as far as there are others around it. */
export function showAt(
  conversation: Conversation,
  id: string,
  pane: Pane,
  where: 'top' | 'middle',
): Conversation {
  const index = conversation.entries.findIndex((entry) => entry.id === id);
  if (index === -1) return conversation;
  const room = Math.max(0, pane.height - rowsOf(conversation, index, pane).length);
  const atBottom = { ...conversation, anchor: anchorAt(conversation, index, 0) };
  const placed = scroll(atBottom, where === 'top' ? room : room >> 1, pane);
  const missing = Math.min(room, rowsMissing(placed, pane));
  return missing > 0 ? scroll(placed, missing, pane) : placed;
}

/** How many rows of the pane stay empty, because there are no entries above. */
function rowsMissing(conversation: Conversation, pane: Pane): number {
  const { index, below } = bottom(conversation);
  let missing = pane.height + below;
  for (let place = index; place >= 0 && missing > 0; place--)
    missing -= rowsOf(conversation, place, pane).length;
  return Math.max(0, missing);
}
