import type { Controller } from '../controller.ts';
import { type SideView, shownSide, sideViews } from '../state/side.ts';
import type { State } from '../state/state.ts';

/** What receives the keys: the overlay, a search, or the focused pane, which is what it shows. */
export type Mode = State['pane'] | 'history' | 'finder' | SideView | NonNullable<State['overlay']>['kind'];

/** Keys, where they work, and their action. Their table generates key handling, help and docs. */
export interface Binding {
  keys: readonly string[];
  modes: readonly Mode[];
  /** The keys as shown to people. */
  shown: string;
  help: string;
  /** A word or two for the hint below the pane. Without them the hint leaves the key out. */
  hint?: string;
  /** Whether the action would do anything now. */
  when?: (state: State) => boolean;
  run: (controller: Controller) => unknown;
}

/** What each of them is called. */
export const modeNames: Record<Mode, string> = {
  input: 'prompt',
  history: 'search in your inputs',
  finder: 'search in the conversation',
  threads: 'groups',
  conversation: 'conversation',
  inspector: 'inspector',
  bots: 'bots',
  people: 'people',
  log: 'log',
  replay: 'replay',
  picker: 'lists',
  form: 'form',
  help: 'help',
  preview: 'preview',
};

/** The modes of the side pane. */
export const sideModes: readonly Mode[] = ['inspector', ...sideViews];

/** The modes of all panes. */
export const everywhere: readonly Mode[] = ['input', 'threads', 'conversation', ...sideModes];

/** The modes of the panes where letters are keys. */
export const reading: readonly Mode[] = everywhere.filter((mode) => mode !== 'input');

/** The modes in which a text is edited. */
export const writing: readonly Mode[] = ['input', 'history', 'finder', 'picker', 'form'];

/** The modes of what is shown over the panes. */
export const overlays: readonly Mode[] = ['picker', 'form', 'help', 'preview'];

export const modeOf = (state: State): Mode => state.overlay?.kind ?? paneMode(state);

/** What receives the keys below the overlay. */
export const paneMode = (state: State): Mode => {
  const { pane, search, finder } = state;
  if (finder !== null) return 'finder';
  if (pane === 'inspector') return shownSide(state);
  return pane === 'input' && search !== null ? 'history' : pane;
};
