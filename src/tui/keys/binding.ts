import type { Controller } from '../controller.ts';
import type { State } from '../state/state.ts';

/** What receives the keys: the overlay, or the focused pane. */
export type Mode = State['pane'] | NonNullable<State['overlay']>['kind'];

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

export const modeOf = ({ overlay, pane }: State): Mode => overlay?.kind ?? pane;
