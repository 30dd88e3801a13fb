import type { State } from '../state/state.ts';
import { widthOf } from '../text/width.ts';
import { workingKeys } from './working-keys.ts';

/**
 * The keys that work now in one row, as many as fit: `↑ ↓: choose · Esc: close`. Keys with the same words are shown
 * together.
 */
export function hintOf(state: State, width: number): string {
  const keysOf = new Map<string, string[]>();
  const taken = new Set<string>();
  for (const { keys, hint, shown } of workingKeys(state)) {
    const [key = ''] = shown.split(' or ');
    // The first binding of a key is the one that works.
    const isTaken = taken.has(keys[0] ?? '');
    for (const each of keys) taken.add(each);
    if (hint !== undefined && !isTaken) keysOf.set(hint, [...(keysOf.get(hint) ?? []), key]);
  }
  let row = '';
  for (const [hint, keys] of keysOf) {
    const next = `${row}${row && ' · '}${keys.join(' ')}: ${hint}`;
    if (row !== '' && widthOf(next) > width) break;
    row = next;
  }
  return row;
}

/** The hint of a pane: nothing unless it has the keys. */
export const hintIn = (state: State, pane: State['pane'], width: number): string =>
  state.overlay === null && state.pane === pane ? hintOf(state, width - 2) : '';
