import type { State } from '../state/state.ts';
import { type Binding, type Mode, modeOf } from './binding.ts';
import { keymap } from './keymap.ts';

/** The keys that would do something now. The help shows these. */
export const workingKeys = (state: State, mode: Mode = modeOf(state)): Binding[] =>
  keymap.filter(({ modes, when }) => modes.includes(mode) && (when?.(state) ?? true));
