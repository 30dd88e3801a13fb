import { emitTyping } from '../actions/typing.ts';
import type { Controller } from '../controller.ts';
import { type Editor, editorKeys, insert } from '../state/editor.ts';
import { changeField, type Form, isChosen } from '../state/form.ts';
import type { State } from '../state/state.ts';
import { graphemes } from '../text/width.ts';
import { type Binding, modeOf } from './binding.ts';
import type { Key } from './decode.ts';
import { keymap } from './keymap.ts';

/** The keys that would do something now. The help shows these. */
export const workingKeys = (state: State): Binding[] => {
  const mode = modeOf(state);
  return keymap.filter(({ modes, when }) => modes.includes(mode) && (when?.(state) ?? true));
};

/**
 * Runs the actions of keys, or inserts them as text. A key does not wait for the action of the previous one:
 * otherwise, text typed while a command runs would arrive in the wrong order.
 */
export async function pressAll(controller: Controller, keys: readonly Key[]): Promise<void> {
  // What a key is depends on the ones before it, which may have changed the pane.
  const pressed = keys.flatMap((each) =>
    splitLetters(controller.state, each).map((key) => press(controller, key)),
  );
  await Promise.all(pressed);
}

/** Splits letters that arrived together into separate keys, unless a text is being written. */
function splitLetters({ overlay, pane }: State, key: Key): Key[] {
  const isWriting = overlay?.kind === 'picker' || overlay?.kind === 'form' || (!overlay && pane === 'input');
  if (key.kind !== 'text' || isWriting) return [key];
  return graphemes(key.text).map((text) => ({ kind: 'text', text }));
}

async function press(controller: Controller, key: Key): Promise<void> {
  const name = key.kind === 'key' ? key.name : key.text;
  const binding =
    key.kind === 'paste' ? undefined : workingKeys(controller.state).find(({ keys }) => keys.includes(name));
  if (binding) await controller.attempt(async () => binding.run(controller));
  else write(controller, key);
}

/** Inserts a text. In a pane without text input, a paste goes to the prompt and other keys are ignored. */
function write(controller: Controller, key: Key): void {
  const change = key.kind === 'key' ? editorKeys[key.name] : (editor: Editor) => insert(editor, key.text);
  if (change === undefined) return;
  controller.store.update((state) => writeInto(state, change, key.kind === 'paste'));
  emitTyping(controller);
}

function writeInto(state: State, change: (editor: Editor) => Editor, isPaste: boolean): State {
  const { overlay } = state;
  if (overlay?.kind === 'form')
    return { ...state, overlay: { ...overlay, form: typed(overlay.form, change) } };
  if (overlay?.kind === 'picker')
    return { ...state, overlay: { ...overlay, query: change(overlay.query), index: 0 } };
  if (overlay !== null || (state.pane !== 'input' && !isPaste)) return state;
  return { ...state, pane: 'input', editor: change(state.editor), completion: null };
}

/** An input with a few fixed values accepts no text. */
const typed = (form: Form, change: (editor: Editor) => Editor): Form =>
  isChosen(form) ? form : changeField(form, change);
