import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeToken } from '../../src/services/users/tokens.ts';
import { openPalette } from '../../src/tui/actions/palette.ts';
import { listen } from '../../src/tui/actions/people.ts';
import { moveSelection } from '../../src/tui/actions/reading.ts';
import { takeText } from '../../src/tui/actions/sending.ts';
import { complete } from '../../src/tui/completion.ts';
import { Controller } from '../../src/tui/controller.ts';
import { keymap } from '../../src/tui/keys/keymap.ts';
import { pressAll } from '../../src/tui/keys/press.ts';
import { editorOf, textOf } from '../../src/tui/state/editor.ts';
import { recall } from '../../src/tui/state/recall.ts';
import { helloBot, replyBot } from '../support/handlers.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestScreen } from '../support/test-screen.ts';

let screen: TestScreen;
const atEnd = endAfterAll();

beforeAll(async () => {
  screen = await TestScreen.open({ 'HelloBot.ts': helloBot, 'ReplyBot.ts': replyBot }, atEnd);
});

let groups = 0;
beforeEach(async () => {
  await screen.type('/as Ada');
  await screen.type(`/thread new group${++groups}`);
});

describe('talking', () => {
  test('what is typed is said, once, though it comes twice', async () => {
    await screen.type('good morning');
    await screen.type('//help is a command');
    expect(screen.said.filter((line) => line === 'good morning')).toHaveLength(1);
    expect(screen.said).toContain('/help is a command');
  });

  test('what was refused is in the prompt again', async () => {
    const long = 'x'.repeat(5_001);
    await screen.type(long);
    expect(screen.toast).toContain('5000 characters');
    expect(textOf(screen.state.editor)).toBe(long);
    screen.controller.store.set({ editor: editorOf('') });
  });

  test('what is typed while a command runs keeps its order', async () => {
    const enter = { kind: 'key', name: 'enter' } as const;
    const text = (text: string) => ({ kind: 'text', text }) as const;
    const first = pressAll(screen.controller, [text('/as Grace'), enter, text('one')]);
    await Promise.all([first, pressAll(screen.controller, [text(' two'), enter, text('three')])]);
    const entry = screen.state.conversation.entries.at(-1);
    expect(JSON.stringify(entry)).toContain('"body":"one two"');
    expect(JSON.stringify(entry)).toContain('"name":"Grace"');
    expect(textOf(screen.state.editor)).toBe('three');
    screen.controller.store.set({ editor: editorOf('') });
  });

  test('a slash in a pane begins a command', async () => {
    screen.controller.store.set({ pane: 'inspector' });
    await pressAll(screen.controller, [{ kind: 'text', text: '/help' }]);
    expect(screen.state.pane).toBe('input');
    expect(textOf(screen.state.editor)).toBe('/help');
    screen.controller.store.set({ editor: editorOf('') });
  });

  test('others see that one types a message, and when no longer', async () => {
    await screen.type('/as Grace');
    await screen.type('/as Ada');
    await screen.until(({ link }) => link === 'online');
    const { testGroup, controller } = screen;
    const other = new Controller({ ...controller.options, write: () => {}, exit: () => {} });
    other.address = controller.address;
    other.logIn(await makeToken(testGroup.app, 'Grace'));
    other.store.set({ me: other.state.people[0]?.id ?? null, threadId: screen.state.threadId });
    listen(other);
    const until = async (isTyping: boolean) => {
      while (other.state.typists.length > 0 !== isTyping) await turn();
    };
    while (other.state.link !== 'online') await turn();
    await pressAll(controller, [{ kind: 'text', text: 'h' }]);
    await until(true);
    expect(other.state.typists[0]).toMatchObject({ name: 'Ada', threadId: screen.state.threadId });
    await pressAll(controller, [{ kind: 'key', name: 'backspace' }]);
    await until(false);
    other.close();
  });

  test('a reply quotes what is looked at, an edit changes it', async () => {
    await screen.type('first');
    await moveSelection(screen.controller, -1);
    await screen.type('/reply second');
    await screen.until(({ conversation }) =>
      JSON.stringify(conversation.entries.at(-1)).includes('"reply_to_id"'),
    );
    await screen.type('/edit third');
    await screen.hears('third');
    expect(screen.said).not.toContain('first');
  });

  test('a reaction is seen at its message', async () => {
    await screen.type('nice');
    await screen.type('/react 👍');
    await screen.until(({ conversation }) => JSON.stringify(conversation.entries).includes(':thumbsup:'));
  });

  test('copying writes the text to the clipboard of the terminal', async () => {
    await screen.type('copy me');
    await moveSelection(screen.controller, -1);
    screen.controller.store.set({ pane: 'conversation' });
    await pressAll(screen.controller, [{ kind: 'text', text: 'y' }]);
    screen.controller.store.set({ pane: 'input' });
    expect(screen.written.at(-1)).toContain(`]52;c;${Buffer.from('copy me').toString('base64')}\u0007`);
  });

  test('a transcript holds all of it, and overwrites nothing', async () => {
    const file = path.join(screen.testGroup.workspace.folder, 'talk.txt');
    await screen.type('to be kept');
    await screen.type(`/save ${file}`);
    expect(readFileSync(file, 'utf8')).toMatch(/Ada: to be kept\n$/);
    await screen.type(`/save ${file}`);
    expect(screen.toast).toContain('a file is in its place');
  });

  test('a file is sent as what it is; one that is not there is told', async () => {
    const file = path.join(screen.testGroup.workspace.folder, 'notes.txt');
    writeFileSync(file, 'notes');
    await screen.type(`/upload ${file}`);
    await screen.hears('notes');
    await screen.type('/upload /dev/zero');
    expect(screen.toast).toBe('/dev/zero was not sent: it is not a regular file.');
    await screen.type('/upload nothing.png');
    expect(screen.toast).toContain('nothing.png was not sent: it is not there.');
    expect(existsSync(file)).toBe(true);
  });
});

describe('people', () => {
  test('a new name is created and comes into the group; each remembers what they said', async () => {
    await screen.type('/as Grace');
    screen.controller.store.set({ editor: editorOf('I am Grace') });
    await screen.type(takeText(screen.controller).text);
    await screen.until(({ participants }) => participants.some(({ owner }) => owner.name === 'Grace'));
    await screen.type('/as Ada');
    screen.controller.store.update((state) => recall(state, 1));
    expect(textOf(screen.state.editor)).not.toBe('I am Grace');
    await screen.type('/as Grace');
    screen.controller.store.update((state) => recall(state, 1));
    expect(textOf(screen.state.editor)).toBe('I am Grace');
    screen.controller.store.set({ editor: editorOf('') });
  });

  test('Alt with a digit switches', async () => {
    await screen.type('/as Grace');
    await pressAll(screen.controller, [{ kind: 'key', name: 'alt+1' }]);
    expect(screen.state.people.find(({ id }) => id === screen.state.me)?.name).toBe('Ada');
  });

  test('somebody is made an admin, and no longer', async () => {
    await screen.type('/as Grace');
    await screen.type('/as Ada');
    const isAdmin = () => screen.state.participants.find(({ owner }) => owner.name === 'Grace')?.admin;
    await screen.until(({ participants }) => participants.length === 2);
    await screen.type('/admin Grace on');
    expect(isAdmin()).toBe(true);
    await screen.type('/admin Grace off');
    expect(isAdmin()).toBe(false);
  });

  test('what one may not do, another one here does', async () => {
    await screen.type('/as Grace');
    await screen.until(({ participants }) => participants.length === 2);
    await screen.type('/admin Grace on');
    expect(screen.toast).toBe('Grace is now an admin.');
  });

  test('what somebody may not do is a sentence', async () => {
    await screen.type('/as Grace');
    await screen.type('/bot add Mine');
    expect(screen.toast).toBe('Not authorized to create a bot.');
  });
});

describe('bots', () => {
  test('the form is filled, corrected and sent; the bot answers', async () => {
    await screen.type('/bot add Helper');
    await screen.type('/attach reply');
    await pressAll(screen.controller, [{ kind: 'key', name: 'ctrl+s' }]);
    expect(JSON.stringify(screen.state.overlay)).toContain('The triggers field is required.');
    await pressAll(screen.controller, [
      { kind: 'paste', text: 'help' },
      { kind: 'key', name: 'tab' },
      { kind: 'paste', text: 'one\ntwo' },
      { kind: 'key', name: 'ctrl+s' },
    ]);
    expect(screen.state.overlay).toBeNull();
    await screen.type('help');
    await screen.hears('two');
    await moveSelection(screen.controller, -3);
    await screen.until(({ verdicts }) => verdicts?.runs[0]?.status === 'handled');
    expect(screen.state.verdicts?.runs[0]).toMatchObject({ handler: 'reply', trigger: 'help' });
  });

  test('parameters may be given as JSON, and stand in the form', async () => {
    await screen.type('/bot add Helper');
    await screen.type('/attach reply {"triggers":["x"],"replies":["y"]}');
    expect(JSON.stringify(screen.state.overlay)).toContain('"y"');
    await pressAll(screen.controller, [{ kind: 'key', name: 'escape' }]);
    expect(screen.state.overlay).toBeNull();
  });

  test('a bot is switched off and removed, a handler detached', async () => {
    await screen.type('/bot add Helper');
    await screen.type('/attach hello');
    await pressAll(screen.controller, [{ kind: 'key', name: 'ctrl+s' }]);
    expect(screen.state.bots[0]).toHaveProperty('actions.length', 1);
    await screen.type('/bot off Helper');
    expect(screen.state.bots[0]?.enabled).toBe(false);
    await screen.type('/detach hello');
    expect(screen.state.bots[0]).toHaveProperty('actions', []);
    await screen.type('/bot remove Helper');
    expect(screen.state.bots).toEqual([]);
  });

  test('Tab knows what can be attached and installed', async () => {
    await screen.type('/bot add Helper');
    for (const [written, whole] of [
      ['/attach rep', '/attach reply '],
      ['/attach reply @', '/attach reply @Helper '],
    ] as const) {
      screen.controller.store.set({ editor: editorOf(written), completion: null });
      await complete(screen.controller);
      expect(textOf(screen.state.editor)).toBe(whole);
    }
    screen.controller.store.set({ editor: editorOf('') });
  });

  test.each([
    '/attach reply @Two {"triggers":["@"],"replies":["y"]}',
    '/attach reply {"triggers":["@"],"replies":["y"]} @Two',
  ])('%s opens the form of that bot with what was given', async (line) => {
    await screen.type('/bot add One');
    await screen.type('/bot add Two');
    await screen.type(line);
    expect(screen.state.overlay).toMatchObject({ kind: 'form', form: { botName: 'Two' } });
    expect(JSON.stringify(screen.state.overlay)).toContain('"@"');
    screen.controller.store.set({ overlay: null });
    await screen.type('/attach reply @Three');
    expect(screen.toast).toBe('There is no bot "Three" here.');
  });

  test('what is there already is told', async () => {
    await screen.type('/bot add One');
    await screen.type('/bot off One');
    expect(screen.toast).toBe('One is off.');
    await screen.type('/admin Ada on');
    expect(screen.toast).toBe('Ada is an admin already.');
    await screen.type('/thread nowhere');
    expect(screen.toast).toBe('There is no group "nowhere": /thread new nowhere makes one.');
  });

  test('with several bots it is asked which', async () => {
    await screen.type('/bot add One');
    await screen.type('/bot add Two');
    await screen.type('/attach hello');
    expect(screen.state.overlay).toMatchObject({
      kind: 'picker',
      choices: [{ label: 'One' }, { label: 'Two' }],
    });
    await pressAll(screen.controller, [
      { kind: 'key', name: 'down' },
      { kind: 'key', name: 'enter' },
    ]);
    expect(screen.state.overlay).toMatchObject({ kind: 'form', form: { botName: 'Two' } });
    screen.controller.store.set({ overlay: null });
  });

  test('nothing has failed, and cooldowns are cleared', async () => {
    await screen.type('/failed now');
    expect(screen.toast).toBe('/failed takes nothing after it, and "now" was given. Nothing was done.');
    await screen.type('/failed');
    expect(screen.toast).toBe('Nothing has failed here.');
    await screen.type('/clear everything');
    expect(screen.toast).toBe('Usage: /clear cooldowns');
    await screen.type('/clear cooldowns');
    expect(screen.toast).toBe('Every bot and action may act again.');
  });
});

describe('the desk', () => {
  test('news of the daemon are told', () => {
    screen.onNews({ kind: 'reloaded', text: 'HelloBot reloaded 38 ms' });
    expect(screen.toast).toBe('HelloBot reloaded 38 ms');
    screen.onNews({ kind: 'printed', source: 'HelloBot', text: 'here' });
    expect(screen.state.logs.at(-1)).toMatchObject({ level: 'printed', source: 'HelloBot', text: 'here' });
    const failed = { kind: 'failed', source: 'hello', stack: 'at handle (bots/HelloBot.ts:9:1)' } as const;
    screen.onNews({ ...failed, text: 'no', messageId: undefined });
    expect(screen.said.at(-1)).toBe('hello: no (handle (bots/HelloBot.ts:9:1))');
    screen.onNews({ ...failed, text: 'elsewhere', messageId: 'of another group' });
    expect(screen.said.at(-1)).not.toContain('elsewhere');
  });

  test('a failure that is in the log before its message is here is shown once the message is', async () => {
    const failed = { kind: 'failed', source: 'hello', stack: null, text: 'too early' } as const;
    await screen.type('on its way');
    const { entries } = screen.state.conversation;
    const message = entries.findLast(({ kind }) => kind === 'message');
    if (message === undefined) throw new Error('No message is shown.');
    const show = (shown: typeof entries) =>
      screen.controller.store.update((state) => ({
        ...state,
        conversation: { ...state.conversation, entries: shown },
      }));
    show(entries.filter((entry) => entry !== message));
    screen.onNews({ ...failed, messageId: message.id });
    expect(screen.said.at(-1)).not.toContain('too early');
    show(entries);
    await expect.poll(() => screen.said.at(-1), { timeout: 5_000 }).toBe('hello: too early');
  });

  test('the palette offers groups, people and commands', () => {
    openPalette(screen.controller, keymap);
    expect(screen.state.overlay).toMatchObject({ kind: 'picker', title: 'What next?' });
    expect(JSON.stringify(screen.state.overlay)).toContain('/thread Lounge');
    screen.controller.store.set({ overlay: null });
  });

  test('an unknown command is told, and nothing is said', async () => {
    const before = screen.said.length;
    await screen.type('/nonsense');
    expect(screen.toast).toContain('There is no command /nonsense');
    expect(screen.said).toHaveLength(before);
  });

  test('/quit leaves', async () => {
    await screen.type('/quit');
    expect(screen.exits).toEqual([0]);
  });
});
