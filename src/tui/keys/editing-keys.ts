import { searchSoon } from '../actions/searching.ts';
import { emitTyping } from '../actions/typing.ts';
import type { Controller } from '../controller.ts';
import { type Edit, edits, plainEdit } from '../state/editing.ts';
import { insertWhole, undo } from '../state/editor.ts';
import { editWritten, undoWritten } from '../state/written.ts';
import { type Binding, writing } from './binding.ts';

const edit = (change: Edit) => (controller: Controller) => {
  controller.store.update((state) => editWritten(state, change));
  emitTyping(controller);
  searchSoon(controller);
};

const key = (keys: readonly string[], shown: string, help: string, change: Edit): Binding => ({
  keys,
  modes: writing,
  shown,
  help,
  run: edit(change),
});

/** The keys of readline, wherever a text is edited. */
export const editingKeys: readonly Binding[] = [
  key(['left', 'ctrl+b'], '←', 'previous character', edits.back),
  key(['right'], '→', 'next character', edits.forward),
  key(['alt+b', 'ctrl+left', 'alt+left'], 'Alt+B or Ctrl+←', 'previous word', edits.wordBack),
  key(['alt+f', 'ctrl+right', 'alt+right'], 'Alt+F or Ctrl+→', 'next word', edits.wordForward),
  key(['home', 'ctrl+a'], 'Home or Ctrl+A', 'start of the line', edits.lineStart),
  key(['end', 'ctrl+e'], 'End or Ctrl+E', 'end of the line', edits.lineEnd),
  key(['backspace', 'shift+backspace'], 'Backspace', 'delete the character before', edits.eraseBack),
  key(['delete', 'ctrl+d'], 'Delete or Ctrl+D', 'delete this character', edits.eraseForward),
  key(
    ['alt+backspace', 'ctrl+backspace'],
    'Alt+Backspace',
    'cut to the start of the word',
    edits.killWordBack,
  ),
  key(['alt+d', 'ctrl+delete'], 'Alt+D', 'cut to the end of the word', edits.killWordForward),
  key(['ctrl+w'], 'Ctrl+W', 'cut back to the last blank', edits.killToBlank),
  key(['ctrl+u'], 'Ctrl+U', 'cut to the start of the line', edits.killToStart),
  key(['ctrl+k'], 'Ctrl+K', 'cut to the end of the line', edits.killToEnd),
  key(['ctrl+y'], 'Ctrl+Y', 'insert what was cut', edits.yank),
  key(['ctrl+t'], 'Ctrl+T', 'exchange two characters', edits.transpose),
  key(
    ['alt+enter', 'ctrl+j', 'shift+enter'],
    'Alt+Enter',
    'new line',
    plainEdit((editor) => insertWhole(editor, '\n')),
  ),
  {
    keys: ['ctrl+_', 'ctrl+7', 'ctrl+/'],
    modes: writing,
    shown: 'Ctrl+_',
    help: 'undo',
    run: (controller) => {
      controller.store.update((state) => undoWritten(state, undo));
      emitTyping(controller);
      searchSoon(controller);
    },
  },
];
