import { describe, expect, test } from 'vitest';
import type { MouseKey } from '../../../src/tui/keys/decode.ts';
import { pressAll } from '../../../src/tui/keys/press.ts';
import { editorOf, emptyEditor } from '../../../src/tui/state/editor.ts';
import type { Overlay } from '../../../src/tui/state/overlay.ts';
import type { State } from '../../../src/tui/state/state.ts';
import { openController } from '../../support/test-controller.ts';
import { atOps, logged, messages, thread } from '../../support/tui.tsx';

const threads = ['ops', 'one', 'two', 'three'].map((name) => thread(name));
const lines = messages(100);

/** The state after the mouse did something in a window of 200 × 60: groups, conversation and bots. */
async function pointed(fields: Partial<State>, ...events: Array<[MouseKey['what'], number, number]>) {
  const state = { ...atOps(lines, { threads, ...fields }), size: { columns: 200, rows: 60 } };
  const { controller } = openController(state);
  await pressAll(
    controller,
    events.map(([what, x, y]) => ({ kind: 'mouse', what, x, y })),
  );
  return controller.state;
}

const list = (index: number): Overlay => ({
  kind: 'picker',
  title: 'All actions',
  query: emptyEditor,
  index,
  choices: ['/one', '/two', '/three'].map((label) => ({
    label,
    detail: '',
    line: label,
    isIncomplete: true,
  })),
});

describe('a click', () => {
  test.each<[string, number, number, State['pane']]>([
    ['on the title of the groups', 5, 0, 'threads'],
    ['on the conversation', 60, 0, 'conversation'],
    ['on the side pane', 180, 10, 'inspector'],
    ['on the prompt', 30, 57, 'input'],
  ])('%s gives it the keys', async (_, x, y, pane) => {
    expect((await pointed({ pane: 'input' }, ['click', x, y])).pane).toBe(pane);
  });

  test.each([
    ['a divider', 28, 5],
    ['the status line', 10, 58],
    ['what is outside', 500, 500],
  ])('on %s is nothing', async (_, x, y) => {
    expect((await pointed({ pane: 'threads' }, ['click', x, y])).pane).toBe('threads');
  });

  test('on a group opens it, and the prompt has the keys', async () => {
    const { threadId, pane } = await pointed({}, ['click', 5, 3]);
    expect([threadId, pane]).toEqual(['two', 'input']);
  });

  test('below the last group only gives the groups the keys', async () => {
    const { threadId, pane } = await pointed({}, ['click', 5, 9]);
    expect([threadId, pane]).toEqual(['ops', 'threads']);
  });

  test.each([
    [54, 'm100'],
    [53, 'm99'],
    [50, 'm96'],
  ])('on row %i of the conversation selects the message in it: %s', async (y, id) => {
    expect((await pointed({}, ['click', 60, y])).conversation.selected).toBe(id);
  });

  test('in a list moves to a choice, and takes it if it is marked already', async () => {
    const moved = await pointed({ overlay: list(0) }, ['click', 130, 4]);
    expect(moved.overlay).toMatchObject({ index: 1 });
    const taken = await pointed({ overlay: list(0) }, ['click', 130, 4], ['click', 130, 4]);
    expect([taken.overlay, taken.editor.characters.join('')]).toEqual([null, '/two ']);
  });

  test('beside a list is nothing', async () => {
    const { overlay, pane } = await pointed({ overlay: list(1) }, ['click', 60, 20], ['click', 130, 30]);
    expect([overlay, pane]).toEqual([list(1), 'input']);
  });
});

describe('the wheel', () => {
  test('scrolls the conversation under it, whatever has the keys', async () => {
    const up = await pointed({ editor: editorOf('x') }, ['wheel up', 60, 20]);
    expect(up.conversation.anchor).toEqual({ entryId: 'm97', below: 0 });
    expect(up.pane).toBe('input');
    const back = await pointed({}, ['wheel up', 60, 20], ['wheel down', 60, 20]);
    expect(back.conversation.anchor).toBeNull();
  });

  test('scrolls the conversation also beside a list', async () => {
    const { conversation, overlay } = await pointed({ overlay: list(1) }, ['wheel up', 60, 20]);
    expect([conversation.anchor?.entryId, overlay]).toEqual(['m97', list(1)]);
  });

  test('moves the cursor of the groups, and that of a list', async () => {
    const { threadCursor, pane } = await pointed({}, ['wheel down', 5, 3], ['wheel down', 5, 3]);
    expect([threadCursor, pane]).toEqual(['two', 'threads']);
    expect((await pointed({ overlay: list(0) }, ['wheel down', 130, 4])).overlay).toMatchObject({ index: 1 });
  });

  test('scrolls the side pane under it, which need not have the keys', async () => {
    const logs = Array.from({ length: 80 }, (_, place) => logged(place, `line ${place}`));
    const { logView, pane } = await pointed({ side: 'log', logs }, ['wheel up', 180, 3]);
    expect([logView.end, pane]).toEqual([76, 'input']);
  });

  test('scrolls the help', async () => {
    const help: Overlay = { kind: 'help', top: 0 };
    expect((await pointed({ overlay: help }, ['wheel down', 130, 4])).overlay).toEqual({
      kind: 'help',
      top: 3,
    });
  });
});
