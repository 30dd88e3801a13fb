import type { State } from './state.ts';

/** What the side pane can show while no message is selected. */
export const sideViews = ['bots', 'people', 'log', 'replay'] as const;
export type SideView = (typeof sideViews)[number];

/** What the side pane shows now: the inspector while a message is selected. */
export const shownSide = ({ conversation, side }: State): SideView | 'inspector' =>
  conversation.selected === null ? side : 'inspector';

/** Shows a view in the side pane. A selected message gives way to it. */
export const withSide = (state: State, side: SideView): State => ({
  ...state,
  side,
  conversation: { ...state.conversation, selected: null },
  verdicts: null,
  inspectorTop: 0,
});

/** Shows a view, or the bots again if it is shown already. */
export const toggleSide = (state: State, side: SideView): State =>
  withSide(state, shownSide(state) === side ? 'bots' : side);

/** Goes to the list of people. */
export const showPeople = (state: State): State => ({
  ...withSide(state, 'people'),
  pane: 'inspector',
  completion: null,
});
