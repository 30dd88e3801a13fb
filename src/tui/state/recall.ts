import { moveLine } from './editing.ts';
import { type Editor, editorOf, emptyEditor, textOf } from './editor.ts';
import type { State } from './state.ts';

/** The texts that the current speaker has sent, oldest first. */
export const inputsOf = ({ histories, me }: Pick<State, 'histories' | 'me'>): readonly string[] =>
  histories[me ?? ''] ?? [];

/** Puts an earlier or later input into the prompt. What is there is kept, with its changes. */
export function recall(state: State, by: number): State {
  return recallAt(state, (state.recalling?.place ?? 0) + by);
}

/** Puts the input at a place into the prompt; 0 is the text being written. */
export function recallAt(state: State, wanted: number): State {
  const inputs = inputsOf(state);
  const { place: from = 0, left = {} } = state.recalling ?? {};
  const place = Math.max(0, Math.min(inputs.length, wanted));
  if (place === from) return state;
  const input = inputs[inputs.length - place];
  const editor = left[place] ?? (input === undefined ? emptyEditor : editorOf(input));
  const recalling = { place, left: { ...left, [from]: state.editor } };
  return { ...state, editor, recalling, completion: null };
}

/** Moves to the line above; from the first one, to the previous input. */
export const goUp = (state: State): State => {
  const editor = moveLine(state.editor, -1);
  return editor ? { ...state, editor } : recall(state, 1);
};

/** Moves to the line below; from the last one, to the next input. */
export const goDown = (state: State): State => {
  const editor = moveLine(state.editor, 1);
  return editor ? { ...state, editor } : recall(state, -1);
};

/** A search in the history: what is searched for, and the place of what was found. */
export interface Search {
  readonly query: Editor;
  readonly place: number;
  /** Whether nothing older was found. */
  readonly failed: boolean;
}

/** Begins a search in the history. The prompt stays as it is until something is taken. */
export const beginSearch = (state: State): State =>
  inputsOf(state).length === 0
    ? state
    : { ...state, search: { query: emptyEditor, place: 0, failed: false }, completion: null };

/** The text that a search shows: what was found, or what is in the prompt. */
export function foundText(state: State): string {
  const inputs = inputsOf(state);
  const place = state.search?.place ?? 0;
  return place === 0 ? textOf(state.editor) : (inputs[inputs.length - place] ?? '');
}

/** Looks for the query from a place on, towards older inputs or newer ones. */
function look(state: State, from: number, by: 1 | -1): number | undefined {
  const inputs = inputsOf(state);
  const query = textOf(state.search?.query ?? emptyEditor).toLowerCase();
  const shown = state.search?.place ? foundText(state) : undefined;
  for (let place = from; place > 0 && place <= inputs.length; place += by) {
    const input = inputs[inputs.length - place] ?? '';
    const isOther = input !== shown || place === state.search?.place;
    if (isOther && input.toLowerCase().includes(query)) return place;
  }
  return undefined;
}

/** Goes on to the next older input that has the query in it, or to the next newer one. */
export function searchOn(state: State, by: 1 | -1): State {
  const { search } = state;
  if (search === null) return state;
  const place = look(state, search.place + by, by);
  return { ...state, search: { ...search, place: place ?? search.place, failed: place === undefined } };
}

/** Changes the query, and looks from what is shown on. */
export function changeQuery(state: State, query: Editor): State {
  const { search } = state;
  if (search === null) return state;
  if (query.characters === search.query.characters) return { ...state, search: { ...search, query } };
  if (query.characters.length === 0) return { ...state, search: { query, place: 0, failed: false } };
  const changed = { ...state, search: { ...search, query } };
  const place = look(changed, Math.max(1, search.place), 1) ?? look(changed, 1, 1);
  return { ...state, search: { query, place: place ?? search.place, failed: place === undefined } };
}

/** Takes what was found into the prompt. */
export function takeFound(state: State): State {
  const { search } = state;
  if (search === null) return state;
  return {
    ...recallAt(state, search.place === 0 ? (state.recalling?.place ?? 0) : search.place),
    search: null,
  };
}

export const endSearch = (state: State): State => ({ ...state, search: null });
