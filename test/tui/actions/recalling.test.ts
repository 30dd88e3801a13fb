import { expect, test } from 'vitest';
import { recallInput } from '../../../src/tui/actions/recalling.ts';
import { editorOf, textOf } from '../../../src/tui/state/editor.ts';
import { openController } from '../../support/test-controller.ts';
import { atOps } from '../../support/tui.tsx';

const histories = { ada: ['one', 'two', 'three'], grace: ['hers'] };

test.each<[string, number[], string, number]>([
  ['one step back is the newest text', [1], 'three', 1],
  ['three steps back are the oldest', [1, 1, 1], 'one', 3],
  ['there is nothing before the oldest', [1, 1, 1, 1, 1], 'one', 3],
  ['a step forward is a newer text', [1, 1, -1], 'three', 1],
  ['the step after the newest is an empty prompt', [1, -1], '', 0],
  ['a step forward from what is being written changes nothing', [-1], 'draft', 0],
])('%s', (_, steps, text, recalled) => {
  const { controller } = openController(atOps([], { histories, editor: editorOf('draft') }));
  for (const step of steps) recallInput(controller, step);
  expect([textOf(controller.state.editor), controller.state.recalled]).toEqual([text, recalled]);
});

test.each([
  ['grace', 'hers'],
  ['bob', 'draft'],
  [null, 'draft'],
])('%s has a history of their own', (me, text) => {
  const { controller } = openController(atOps([], { me, histories, editor: editorOf('draft') }));
  recallInput(controller, 1);
  expect(textOf(controller.state.editor)).toBe(text);
});

test('the cursor is behind the text', () => {
  const { controller } = openController(atOps([], { histories: { ada: ['日本 👋'] } }));
  recallInput(controller, 1);
  expect(controller.state.editor.cursor).toBe(4);
});
