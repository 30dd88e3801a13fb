import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Controller } from '../controller.ts';
import type { State } from '../state/state.ts';
import { type Theme, themeOf } from '../theme.ts';

/** The controller of this screen. */
export const ControllerContext = createContext<Controller | null>(null);

/** The styles of the screen. */
export const ThemeContext = createContext<Theme>(themeOf({}));

/** @throws Error outside of the full screen */
export function useController(): Controller {
  const controller = useContext(ControllerContext);
  if (controller === null) throw new Error('This component must be inside a ControllerContext.');
  return controller;
}

/** The state of the screen. Changes trigger a new rendering. */
export function useControllerState(): State {
  const { store } = useController();
  return useSyncExternalStore(store.subscribe, () => store.shown);
}
