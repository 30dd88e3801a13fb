import { type Line, line } from '../text/line.ts';

/** The part of a list that is shown, and how many items are hidden on both sides. */
export interface ListWindow {
  from: number;
  to: number;
  above: number;
  below: number;
}

/** The minimum rows in which two of them can say what is hidden. */
const minRows = 4;

/**
 * The part of a list that fits, with the cursor in it. Rows that say how many items are hidden take the place of items.
 *
 * @param total how many items there are, if not all are loaded
 */
export function listWindow(
  { count, cursor, total = count }: { count: number; cursor: number; total?: number },
  height: number,
): ListWindow {
  const all = Math.max(count, total);
  if (all <= height) return { from: 0, to: count, above: 0, below: 0 };
  if (height < minRows) {
    const from = Math.max(0, Math.min(cursor - Math.floor(height / 2), count - height));
    return { from, to: Math.min(count, from + height), above: 0, below: 0 };
  }
  const middle = cursor - Math.floor(height / 2);
  const isAtStart = middle <= 1 && cursor < height - 1;
  // What is not loaded has no rows, but there is one that counts it.
  const last = count - height + (all > count ? 2 : 1);
  const from = isAtStart ? 0 : Math.min(middle + 1, Math.max(0, last));
  const above = from;
  const rows = height - Number(above > 0);
  const reaches = from + rows >= all;
  const to = Math.min(count, from + rows - Number(!reaches));
  return { from, to, above, below: all - to };
}

/** The rows of a window: those of its items, and how much is hidden. */
export function windowLines<Item>(
  items: readonly Item[],
  { from, to, above, below }: ListWindow,
  rowOf: (item: Item, place: number) => Line,
): Line[] {
  return [
    ...(above > 0 ? [line(`  ↑ ${above} more`, 'faint')] : []),
    ...items.slice(from, to).map((item, place) => rowOf(item, from + place)),
    ...(below > 0 ? [line(`  ↓ ${below} more`, 'faint')] : []),
  ];
}
