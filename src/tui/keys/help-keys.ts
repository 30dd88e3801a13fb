import type { Controller } from '../controller.ts';
import type { State } from '../state/state.ts';
import { helpLines } from '../view/help-lines.ts';
import { sheetSize } from '../view/sizes.ts';
import type { Binding } from './binding.ts';

/** Closes the help. What it came over is there again. */
const closeHelp = ({ store }: Controller): void =>
  store.update((state) =>
    state.overlay?.kind === 'help' ? { ...state, overlay: state.overlay.over ?? null } : state,
  );

/**
 * Keys of the help.
 *
 * @param table all keys, which the help lists: how far it can be scrolled depends on them
 */
export function helpKeys(table: () => readonly Binding[]): readonly Binding[] {
  const scrolled = (state: State, by: (height: number) => number): State => {
    if (state.overlay?.kind !== 'help') return state;
    const { width, height } = sheetSize(state);
    const end = Math.max(0, helpLines(state, table(), width).length - height);
    const top = Math.max(0, Math.min(end, state.overlay.top + by(height)));
    return { ...state, overlay: { ...state.overlay, top } };
  };
  const canScroll = (state: State): boolean =>
    helpLines(state, table(), sheetSize(state).width).length > sheetSize(state).height;
  const key = (
    keys: readonly string[],
    shown: string,
    help: string,
    by: (height: number) => number,
  ): Binding => ({
    keys,
    modes: ['help'],
    shown,
    help,
    ...(keys.includes('up') || keys.includes('down') ? { hint: 'scroll' } : {}),
    when: canScroll,
    run: ({ store }) => store.update((state) => scrolled(state, by)),
  });
  return [
    key(['up', 'k'], '↑', 'scroll up', () => -1),
    key(['down', 'j'], '↓', 'scroll down', () => 1),
    key(['pageup', 'b'], 'PgUp', 'a page up', (height) => 1 - height),
    key(['pagedown', ' '], 'PgDn', 'a page down', (height) => height - 1),
    key(['home', 'g'], 'Home', 'to the start', () => Number.NEGATIVE_INFINITY),
    key(['end', 'G'], 'End', 'to the end', () => Number.POSITIVE_INFINITY),
    {
      keys: ['escape', 'q', '?', 'f1'],
      modes: ['help'],
      shown: 'Esc or q',
      help: 'close',
      hint: 'close',
      run: closeHelp,
    },
  ];
}
