import type { Controller } from './controller.ts';
import type { Place, Size } from './terminal/paint.ts';
import { cursorOf } from './view/cursor.ts';

/** What the frame of a window was drawn for: its size, and where the person who has the keys writes. */
export function drawnBy({ views }: Controller['window']): { size: Size; cursor: Place | null } {
  const sizes = views.shown.map(({ store }) => store.shown.size);
  const cursor = cursorOf(views.focused.store.shown);
  const left = sum(sizes.slice(0, views.shown.indexOf(views.focused)));
  return {
    size: { columns: sum(sizes) - 1, rows: sizes[0]?.rows ?? 0 },
    cursor: cursor && { ...cursor, column: cursor.column + left },
  };
}

/** The columns of views with the line behind each of them. */
const sum = (sizes: readonly Size[]): number => sizes.reduce((all, { columns }) => all + columns + 1, 0);
