import type { Desk } from '../desk.ts';
import { type Editor, editorKeys, insert } from '../state/editor.ts';
import { changeField } from '../state/form.ts';
import type { State } from '../state/state.ts';
import { type Binding, modeOf } from './binding.ts';
import type { Key } from './decode.ts';
import { keymap } from './keymap.ts';

/** The keys that would do something now; what the help shows. */
export const workingKeys = (state: State): Binding[] => {
  const mode = modeOf(state);
  return keymap.filter(({ modes, when }) => modes.includes(mode) && (when?.(state) ?? true));
};

/** Does what a key says, or writes it where something is written. */
export async function press(desk: Desk, key: Key): Promise<void> {
  const name = key.kind === 'key' ? key.name : key.text;
  const binding =
    key.kind === 'paste' ? undefined : workingKeys(desk.state).find(({ keys }) => keys.includes(name));
  if (binding) await desk.attempt(async () => binding.run(desk));
  else write(desk, key);
}

/** What is typed in a pane where nothing is written goes to the prompt if it was pasted, else nowhere. */
function write(desk: Desk, key: Key): void {
  const change = key.kind === 'key' ? editorKeys[key.name] : (editor: Editor) => insert(editor, key.text);
  if (change) desk.store.update((state) => writeInto(state, change, key.kind === 'paste'));
}

function writeInto(state: State, change: (editor: Editor) => Editor, isPaste: boolean): State {
  const { overlay } = state;
  if (overlay?.kind === 'form')
    return { ...state, overlay: { ...overlay, form: changeField(overlay.form, change) } };
  if (overlay?.kind === 'picker')
    return { ...state, overlay: { ...overlay, query: change(overlay.query), index: 0 } };
  if (overlay !== null || (state.pane !== 'input' && !isPaste)) return state;
  return { ...state, pane: 'input', editor: change(state.editor), completion: null };
}
