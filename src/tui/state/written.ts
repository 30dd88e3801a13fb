import { type Edit, type Edited, plainEdit } from './editing.ts';
import type { Editor } from './editor.ts';
import { withQuery } from './finder.ts';
import { changeField, isChosen } from './form.ts';
import { changeQuery } from './recall.ts';
import type { State } from './state.ts';
import { undropped, unsentOf } from './unsent.ts';

/** The text that keys edit: of a list, a form, a search or the prompt; null where there is none. */
function writtenText({ overlay, pane, search, finder, editor }: State): Editor | null {
  if (overlay?.kind === 'picker') return overlay.query;
  if (overlay?.kind === 'form')
    return isChosen(overlay.form) ? null : (overlay.form.fields[overlay.form.index]?.editor ?? null);
  if (overlay !== null) return null;
  if (finder !== null) return finder.query;
  if (pane !== 'input') return null;
  return search?.query ?? editor;
}

/** Edits the text that is being written. */
export function editWritten(state: State, edit: Edit): State {
  const written = writtenText(state);
  if (written === null) return state;
  const { editor, killed }: Edited = edit(written, state.killed);
  return { ...withWritten(state, editor), killed };
}

function withWritten(state: State, editor: Editor): State {
  const { overlay } = state;
  if (overlay?.kind === 'picker') {
    const isSame = editor.characters === overlay.query.characters;
    return { ...state, overlay: { ...overlay, query: editor, index: isSame ? overlay.index : 0 } };
  }
  if (overlay?.kind === 'form')
    return { ...state, overlay: { ...overlay, form: changeField(overlay.form, () => editor) } };
  if (state.finder !== null) return { ...state, finder: withQuery(state.finder, editor) };
  if (state.search !== null) return changeQuery(state, editor);
  return { ...state, editor, completion: null };
}

/** Takes back the last change of the text, or of the prompt as a whole. */
export function undoWritten(state: State, undo: (editor: Editor) => Editor): State {
  const { overlay } = state;
  if (overlay?.kind === 'form')
    return { ...state, overlay: { ...overlay, form: changeField(overlay.form, undo) } };
  const isPrompt =
    state.overlay === null && state.finder === null && state.search === null && state.pane === 'input';
  const whole = isPrompt ? undropped(state) : undefined;
  return whole ? { ...state, ...unsentOf(whole), completion: null } : editWritten(state, plainEdit(undo));
}
