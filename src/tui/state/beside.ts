import { isDeepStrictEqual } from 'node:util';
import type { State } from './state.ts';

/** The other person in the window, while there are two. */
export interface Beside {
  /** The name of the other person. */
  readonly name: string;
  /** Whether this view receives the keys. */
  readonly isFocused: boolean;
  /** Whether this view is on the screen. */
  readonly isOnScreen: boolean;
  /** How many messages the other person has not read. */
  readonly unread: number;
}

/** What a view knows of the other one. */
export function withBeside(state: State, beside: Beside | null): State {
  if (isDeepStrictEqual(state.beside, beside)) return state;
  const next = { ...state, beside };
  // What they see until now is read. What comes while they are not on the screen is new.
  const isLeaving = isOnScreen(state) && !isOnScreen(next);
  return isLeaving ? { ...next, conversation: { ...state.conversation, newFrom: null } } : next;
}

/** Whether a view receives the keys. */
export const receivesKeys = ({ beside }: Pick<State, 'beside'>): boolean => beside?.isFocused ?? true;

/** Whether a view is on the screen. */
export const isOnScreen = ({ beside }: Pick<State, 'beside'>): boolean => beside?.isOnScreen ?? true;

/** Columns from which two people are side by side. Below, one of them is shown. */
const sideBySide = 100;

/** The columns of each view that is shown, with one between them. */
export function viewWidths(columns: number, count: number): number[] {
  if (count < 2 || columns < sideBySide) return [columns];
  const left = Math.floor((columns - 1) / 2);
  return [left, columns - 1 - left];
}
