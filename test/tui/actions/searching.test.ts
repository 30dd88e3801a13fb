import { beforeEach, describe, expect, test } from 'vitest';
import { openThread } from '../../../src/tui/actions/threads.ts';
import type { Controller } from '../../../src/tui/controller.ts';
import { pressAll } from '../../../src/tui/keys/press.ts';
import { openConversation } from '../../../src/tui/state/conversation.ts';
import { textOf } from '../../../src/tui/state/editor.ts';
import { hitOf } from '../../../src/tui/state/finder.ts';
import { FakeApi } from '../../support/fake-api.ts';
import { openController } from '../../support/test-controller.ts';
import { atOps, messages, pageOf, stretchOf } from '../../support/tui.tsx';

const hits = (first: number, count: number, next: string | null, total: number) => {
  const page = pageOf(messages(count, first), next);
  return { ...page, meta: { ...page.meta, total } };
};

let api: FakeApi;
beforeEach(async () => {
  api = await FakeApi.open({
    'GET threads/ops/messages/search?q=line': hits(148, 3, 'm148', 5),
    'GET threads/ops/messages/search/page/m148?q=line': hits(10, 2, null, 5),
    'GET threads/ops/messages/search?q=nothing': hits(1, 0, null, 0),
    'GET threads/ops/messages/around/m11': stretchOf(messages(36, 1), { found: 'm11', newer: 'm36' }),
    'GET threads/ops/messages/newer/m36': stretchOf(messages(50, 37), { newer: 'm86' }),
    'GET threads/ops/mark-read': { success: true },
    'GET threads/ops/messages': pageOf(messages(50, 151), 'm151'),
    'GET threads/ops/messages/m150/verdicts': {
      message_id: 'm150',
      ignored: null,
      runs: [],
      untouched: [],
      actions: [],
    },
  });
});

/** The messages 101 to 200 of a group are loaded. */
const open = () => {
  const conversation = openConversation(pageOf(messages(100, 101), 'm101'));
  return openController({ ...atOps([]), conversation }, api).controller;
};

const press = (controller: Controller, ...names: string[]) =>
  pressAll(
    controller,
    names.map((name) => ({ kind: 'key', name })),
  );

async function searching(text: string): Promise<Controller> {
  const controller = open();
  await press(controller, 'ctrl+f');
  await pressAll(controller, [{ kind: 'text', text }]);
  await press(controller, 'enter');
  return controller;
}

const shownHit = ({ state: { finder } }: Controller) =>
  finder && [hitOf(finder), finder.index + 1, finder.total];

describe('Ctrl+F', () => {
  test('writes into the bar, not into the prompt', async () => {
    const controller = open();
    await press(controller, 'ctrl+f');
    await pressAll(controller, [{ kind: 'paste', text: 'lin\ne' }]);
    await press(controller, 'left', 'backspace');
    expect(textOf(controller.state.finder?.query ?? controller.state.editor)).toBe('lie');
    expect(textOf(controller.state.editor)).toBe('');
  });

  test('shows the newest hit first, then older ones and back', async () => {
    const controller = await searching('line');
    expect(shownHit(controller)).toEqual(['m150', 1, 5]);
    await press(controller, 'up');
    expect(shownHit(controller)).toEqual(['m149', 2, 5]);
    await press(controller, 'down');
    await press(controller, 'down');
    expect(shownHit(controller)).toEqual(['m150', 1, 5]);
  });

  test('loads more hits, and the surroundings of one that is far away', async () => {
    const controller = await searching('line');
    for (let times = 0; times < 3; times++) await press(controller, 'enter');
    expect(shownHit(controller)).toEqual(['m11', 4, 5]);
    expect(controller.state.conversation.entries.some(({ id }) => id === 'm11')).toBe(true);
    expect(controller.state.conversation.detached).toBe(true);
    for (let times = 0; times < 3; times++) await press(controller, 'enter');
    expect(shownHit(controller)).toEqual(['m10', 5, 5]);
  });

  test('returns with Esc to the end and the pane where it began', async () => {
    const controller = await searching('line');
    for (let times = 0; times < 3; times++) await press(controller, 'enter');
    await press(controller, 'escape');
    expect(controller.state).toMatchObject({
      finder: null,
      pane: 'input',
      conversation: { anchor: null, detached: false },
    });
  });

  test('returns with Esc to the message that was at the bottom', async () => {
    const controller = open();
    const anchor = { entryId: 'm120', below: 1 };
    controller.store.update((state) => ({ ...state, conversation: { ...state.conversation, anchor } }));
    await press(controller, 'ctrl+f');
    await pressAll(controller, [{ kind: 'text', text: 'line' }]);
    await press(controller, 'enter');
    expect(controller.state.conversation.anchor).not.toEqual(anchor);
    await press(controller, 'escape');
    expect(controller.state.conversation.anchor).toEqual(anchor);
  });

  test('stays with Tab at the hit, which is selected', async () => {
    const controller = await searching('line');
    await press(controller, 'tab');
    expect(controller.state).toMatchObject({
      finder: null,
      pane: 'conversation',
      conversation: { selected: 'm150' },
      verdicts: { message_id: 'm150' },
    });
  });

  test('of a text that nobody has written stays where it is', async () => {
    const controller = await searching('nothing');
    expect(shownHit(controller)).toEqual([undefined, 1, 0]);
    expect(controller.state.conversation.anchor).toBeNull();
    await press(controller, 'up');
    expect(controller.state.finder).not.toBeNull();
  });

  test('shows no hits of a text that was changed meanwhile', async () => {
    const controller = open();
    await press(controller, 'ctrl+f');
    await pressAll(controller, [{ kind: 'text', text: 'line' }]);
    const late = api.hold('GET threads/ops/messages/search?q=line');
    const first = press(controller, 'enter');
    await late.arrived;
    await pressAll(controller, [{ kind: 'text', text: 's' }]);
    late.release();
    await first;
    expect(shownHit(controller)).toEqual([undefined, 1, 0]);
  });

  test('ends where another group is opened', async () => {
    const controller = await searching('line');
    await controller.attempt(() => openThread(controller, 'ops'));
    expect(controller.state.finder).toBeNull();
  });
});
