import type { State } from '../state/state.ts';
import { promptSize, shownHeight, shownWidths } from './sizes.ts';

/** Cells of the terminal, counted from its upper left corner. */
export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What stands on the screen besides dividers, notices and the status line. */
const areas = ['threads', 'conversation', 'inspector', 'panel'] as const;
export type AreaName = (typeof areas)[number] | 'input';

/** A place in an area: the row from its top. */
export interface Spot {
  name: AreaName;
  row: number;
}

/** What is in a cell of the terminal; undefined for a divider or a notice. */
export function spotAt(state: State, x: number, y: number): Spot | undefined {
  for (const [name, { left, top, width, height }] of layoutOf(state))
    if (x >= left && x < left + width && y >= top && y < top + height) return { name, row: y - top };
  return undefined;
}

/** Where everything stands that is shown now. */
export function layoutOf(state: State): ReadonlyMap<AreaName, Area> {
  const all = new Map<AreaName, Area>();
  const widths = shownWidths(state);
  const height = shownHeight(state) + 1;
  let left = 0;
  for (const name of areas) {
    const width = widths[name];
    if (width === 0) continue;
    all.set(name, { left, top: 0, width, height });
    left += width + 1;
  }
  const prompt = promptSize(state);
  const top = height + prompt.all - prompt.text;
  return all.set('input', { left: 0, top, width: state.size.columns, height: prompt.text });
}
