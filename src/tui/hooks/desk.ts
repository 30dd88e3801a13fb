import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Desk } from '../desk.ts';
import type { State } from '../state/state.ts';
import { type Theme, themeOf } from '../theme.ts';

/** The desk whose screen this is. */
export const DeskContext = createContext<Desk | null>(null);

/** How everything looks. */
export const ThemeContext = createContext<Theme>(themeOf({}));

/** @throws Error outside of a desk */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('There is no desk around this component.');
  return desk;
}

/** The state of the screen; a new one renders again. */
export function useDeskState(): State {
  const { store } = useDesk();
  return useSyncExternalStore(store.subscribe, () => store.shown);
}
