/** The part of a list that is shown, and how many items are hidden above and below it. */
export interface Window {
  top: number;
  size: number;
  above: number;
  below: number;
}

/** Rows that are to be seen, from one up to before another. */
export interface Focus {
  from: number;
  to: number;
}

/** Rows from which on some may tell what is hidden. */
const roomy = 5;

/** Where a list of so many items is shown in so many rows, so that one of them is seen. */
export function windowOf(count: number, index: number, rows: number): Window {
  if (count <= rows || rows < roomy) {
    const top = Math.max(0, Math.min(index - rows + 1, count - rows));
    return { top, size: Math.min(count, rows), above: 0, below: 0 };
  }
  const most = rows - 1;
  if (index < most) return { top: 0, size: most, above: 0, below: count - most };
  if (index >= count - most) return { top: count - most, size: most, above: count - most, below: 0 };
  const size = rows - 2;
  const top = index - size + 1;
  return { top, size, above: top, below: count - top - size };
}

/** The rows of a list below its search. */
export const pickerRows = (height: number): number => Math.max(1, height - 2);
