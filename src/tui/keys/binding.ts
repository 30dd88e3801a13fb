import type { Controller } from '../controller.ts';
import { type SideView, shownSide, sideViews } from '../state/side.ts';
import type { State } from '../state/state.ts';

/** What receives the keys: the overlay, or the focused pane. The side pane is what it shows. */
export type Mode = State['pane'] | SideView | NonNullable<State['overlay']>['kind'];

/** Keys, where they work, and their action. Their table generates key handling, help and docs. */
export interface Binding {
  keys: readonly string[];
  modes: readonly Mode[];
  /** The keys as shown to people. */
  shown: string;
  help: string;
  /** Whether the action would do anything now. */
  when?: (state: State) => boolean;
  run: (controller: Controller) => unknown;
}

/** The modes of the side pane. */
export const sideModes: readonly Mode[] = ['inspector', ...sideViews];

export const modeOf = (state: State): Mode => {
  const { overlay, pane } = state;
  return overlay?.kind ?? (pane === 'inspector' ? shownSide(state) : pane);
};
