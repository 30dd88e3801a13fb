import type { Controller } from '../controller.ts';
import type { State } from '../state/state.ts';

/** Where the keys go: what stands over the panes, or the pane that has the focus. */
export type Mode = State['pane'] | NonNullable<State['overlay']>['kind'];

/** A key, where it works, and what it does. The table of them makes the keys, the help and the docs. */
export interface Binding {
  keys: readonly string[];
  modes: readonly Mode[];
  /** How the keys are written for people. */
  shown: string;
  help: string;
  /** Whether it would do anything now. */
  when?: (state: State) => boolean;
  run: (controller: Controller) => unknown;
}

export const modeOf = ({ overlay, pane }: State): Mode => overlay?.kind ?? pane;
