import { searchSoon } from '../actions/searching.ts';
import { emitTyping } from '../actions/typing.ts';
import type { Controller } from '../controller.ts';
import { plainEdit } from '../state/editing.ts';
import { insert, insertWhole } from '../state/editor.ts';
import type { State } from '../state/state.ts';
import { editWritten } from '../state/written.ts';
import type { TerminalWindow } from '../terminal-window.ts';
import { graphemes } from '../text/width.ts';
import { modeOf, writing } from './binding.ts';
import type { Key } from './decode.ts';
import { point } from './mouse.ts';
import { workingKeys } from './working-keys.ts';

/** Gives keys to the view that receives them, and the mouse to the view under it. A click gives that one the keys. */
export function pressInWindow(window: TerminalWindow, keys: readonly Key[]): void {
  // A key may give those after it to the other view.
  for (const key of keys) {
    const view = key.kind === 'mouse' ? window.at(key.x) : { controller: window.focused, left: 0 };
    if (view === undefined) continue;
    const { controller, left } = view;
    if (key.kind === 'mouse' && key.what === 'click') window.focus(controller);
    void pressAll(controller, [key.kind === 'mouse' ? { ...key, x: key.x - left } : key]);
  }
}

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
function splitLetters(state: State, key: Key): Key[] {
  if (key.kind !== 'text' || writing.includes(modeOf(state))) return [key];
  return graphemes(key.text).map((text) => ({ kind: 'text', text }));
}

async function press(controller: Controller, key: Key): Promise<void> {
  if (key.kind === 'mouse') return point(controller, key);
  const name = key.kind === 'key' ? key.name : key.text;
  const binding =
    key.kind === 'paste' ? undefined : workingKeys(controller.state).find(({ keys }) => keys.includes(name));
  if (binding === undefined) return write(controller, key);
  // What was typed behind a command goes where the command leads, and not where a key does.
  if (modeOf(controller.state) !== 'input') controller.store.set({ running: null });
  await controller.attempt(async () => binding.run(controller));
}

/** Inserts a text. In a pane without text input, a paste goes to the prompt and other keys are ignored. */
function write(controller: Controller, key: Key): void {
  if (key.kind === 'key' || key.kind === 'mouse') return;
  const isPaste = key.kind === 'paste';
  const change = plainEdit((editor) => (isPaste ? insertWhole : insert)(editor, key.text));
  controller.store.update((state) => {
    const leavesPane = isPaste && state.overlay === null && state.finder === null;
    return editWritten(leavesPane ? { ...state, pane: 'input' } : state, change);
  });
  emitTyping(controller);
  searchSoon(controller);
}
