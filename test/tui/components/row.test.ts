import { expect, test } from 'vitest';
import type { FormFieldJson } from '../../../src/client/index.ts';
import { editorOf, emptyEditor } from '../../../src/tui/state/editor.ts';
import { newForm } from '../../../src/tui/state/form.ts';
import type { State } from '../../../src/tui/state/state.ts';
import { atOps, logged, show } from '../../support/tui.tsx';
import { handlerJson } from '../../support/tui-data.ts';

/** It would rename the window, clear the screen, ring the bell and turn the text around. */
const hostile = '\u001b]0;title\u0007\u001b[2J\r\u009b\u202e';
const shown = '\\x1b]0;title\\x07\\x1b[2J\\x0d\\x9b\\u202e';

const handler = handlerJson('x', 'X');
const field: FormFieldJson = {
  name: hostile,
  type: 'choice',
  required: false,
  default: hostile,
  choices: [hostile],
  description: null,
};

test.each<[string, Partial<State>]>([
  ['a toast', { toasts: [{ id: 1, text: hostile, tone: 'bad' }] }],
  [
    'a trigger that Tab completes',
    { completion: { head: '', choices: [hostile, 'hi'], index: 1, before: emptyEditor } },
  ],
  ['the name of a handler in the log', { logs: [logged(1, 'hi', { source: hostile })], side: 'log' }],
  ['what is typed', { editor: editorOf(hostile) }],
  [
    'the title of a list',
    { overlay: { kind: 'picker', title: hostile, query: emptyEditor, index: 0, choices: [] } },
  ],
  ['the title of a preview', { overlay: { kind: 'preview', title: hostile, rows: [], line: '' } }],
  [
    'an input of a form and its choices',
    { overlay: { kind: 'form', form: newForm({ handler, fields: [field] }, { id: 'b', name: 'B' }) } },
  ],
])('%s moves neither the cursor nor the title of the window', async (_, state) => {
  const frame = await show(atOps([], state), 160, 24).until('Ada (admin)');
  expect(frame).toContain(shown.slice(0, 15));
  expect(frame).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
});
