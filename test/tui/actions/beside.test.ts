import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { switchBeside } from '../../../src/tui/actions/beside.ts';
import type { Controller } from '../../../src/tui/controller.ts';
import { textOf } from '../../../src/tui/state/editor.ts';
import { myself } from '../../../src/tui/state/state.ts';
import { helloBot } from '../../support/handlers.ts';
import { endAfterAll } from '../../support/temporary-folder.ts';
import { openController } from '../../support/test-controller.ts';
import { TestScreen } from '../../support/test-screen.ts';
import { atOps } from '../../support/tui.tsx';

let screen: TestScreen;
const atEnd = endAfterAll();

beforeAll(async () => {
  screen = await TestScreen.open({ 'HelloBot.ts': helloBot }, atEnd);
});

beforeEach(() => screen.type('/beside off'));

const people = () => screen.controller.window.views.all.map(({ state }) => myself(state)?.name);
const focused = () => myself(screen.controller.window.focused.state)?.name;
const beside = (): Controller => screen.controller.window.other(screen.controller) as Controller;
const choices = ({ state: { overlay } }: Controller) =>
  overlay?.kind === 'picker' ? overlay.choices.map(({ line }) => line) : undefined;

describe('/beside', () => {
  test('shows a person in the same group, with its messages, logged in here like the first', async () => {
    await screen.type('good morning');
    await screen.type('/beside Grace');
    expect([people(), focused()]).toEqual([['Ada', 'Grace'], 'Grace']);
    const { state } = beside();
    expect(state.threadId).toBe(screen.state.threadId);
    expect(state.conversation.entries.some((entry) => JSON.stringify(entry).includes('good morning'))).toBe(
      true,
    );
    expect(screen.state.people.map(({ name }) => name)).toEqual(state.people.map(({ name }) => name));
  });

  test('with somebody else changes who is beside', async () => {
    await screen.type('/beside Grace');
    await screen.type('/beside Joan');
    expect([people(), focused()]).toEqual([['Ada', 'Joan'], 'Joan']);
  });

  test('off closes the other view, and says so where there is none', async () => {
    await screen.type('/beside Grace');
    const grace = beside();
    await screen.type('/beside off');
    expect([people(), grace.closed]).toEqual([['Ada'], true]);
    await screen.type('/beside off');
    expect(screen.toast).toBe('You are alone in this window.');
  });

  test('leaves the window as it was where the person cannot be logged in', async () => {
    await screen.type(`/beside ${'x'.repeat(300)}`);
    expect([people(), focused()]).toEqual([['Ada'], 'Ada']);
    expect(screen.toast).not.toBe('');
  });

  test('passes news of the daemon on to both', async () => {
    await screen.type('/beside Grace');
    screen.onNews({ kind: 'printed', source: 'HelloBot', text: 'for both' });
    for (const { state } of [screen.controller, beside()])
      expect(state.logs.at(-1)).toMatchObject({ source: 'HelloBot', text: 'for both' });
  });
});

describe('the key for two people', () => {
  test('goes from one to the other', async () => {
    await screen.type('/beside Grace');
    switchBeside(beside());
    expect(focused()).toBe('Ada');
    switchBeside(screen.controller);
    expect(focused()).toBe('Grace');
  });

  test('asks who it is to be, of those who are here', () => {
    const all = ['Ada', 'Grace', 'Joan'].map((name) => ({ id: name.toLowerCase(), name }));
    const { controller } = openController(atOps([], { people: all }));
    switchBeside(controller);
    expect(choices(controller)).toEqual(['/beside Grace', '/beside Joan', '/beside']);
  });

  test('asks for a name where there is nobody else', () => {
    const { controller } = openController(atOps([]));
    switchBeside(controller);
    expect(textOf(controller.state.editor)).toBe('/beside ');
  });
});
