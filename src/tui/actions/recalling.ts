import type { Controller } from '../controller.ts';
import { editorOf, emptyEditor } from '../state/editor.ts';

/** Puts an earlier text of the current speaker into the prompt. Each speaker has a separate history. */
export function recallInput(controller: Controller, by: number): void {
  const { me, histories, recalled } = controller.state;
  const inputs = histories[me ?? ''] ?? [];
  const place = Math.max(0, Math.min(inputs.length, recalled + by));
  if (place === recalled) return;
  const text = inputs[inputs.length - place];
  controller.store.set({ recalled: place, editor: text === undefined ? emptyEditor : editorOf(text) });
}
