import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeToken } from '../../src/services/users/tokens.ts';
import { openPalette } from '../../src/tui/actions/palette.ts';
import { listen } from '../../src/tui/actions/people.ts';
import { moveSelection } from '../../src/tui/actions/reading.ts';
import { recallInput } from '../../src/tui/actions/recalling.ts';
import { takeText } from '../../src/tui/actions/sending.ts';
import { complete } from '../../src/tui/completion.ts';
import { Controller } from '../../src/tui/controller.ts';
import { pressAll } from '../../src/tui/keys/press.ts';
import { editorOf, textOf } from '../../src/tui/state/editor.ts';
import { helloBot, replyBot } from '../support/handlers.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestScreen } from '../support/test-screen.ts';

let stage: TestScreen;
const atEnd = endAfterAll();

beforeAll(async () => {
  stage = await TestScreen.open({ 'HelloBot.ts': helloBot, 'ReplyBot.ts': replyBot }, atEnd);
});

let groups = 0;
beforeEach(async () => {
  await stage.type('/as Ada');
  await stage.type(`/thread new group${++groups}`);
});

describe('talking', () => {
  test('what is typed is said, once, though it comes twice', async () => {
    await stage.type('good morning');
    await stage.type('//help is a command');
    expect(stage.said.filter((line) => line === 'good morning')).toHaveLength(1);
    expect(stage.said).toContain('/help is a command');
  });

  test('what was refused is in the prompt again', async () => {
    const long = 'x'.repeat(5_001);
    await stage.type(long);
    expect(stage.toast).toContain('5000 characters');
    expect(textOf(stage.state.editor)).toBe(long);
    stage.controller.store.set({ editor: editorOf('') });
  });

  test('what is typed while a command runs keeps its order', async () => {
    const enter = { kind: 'key', name: 'enter' } as const;
    const text = (text: string) => ({ kind: 'text', text }) as const;
    const first = pressAll(stage.controller, [text('/as Grace'), enter, text('one')]);
    await Promise.all([first, pressAll(stage.controller, [text(' two'), enter, text('three')])]);
    const entry = stage.state.conversation.entries.at(-1);
    expect(JSON.stringify(entry)).toContain('"body":"one two"');
    expect(JSON.stringify(entry)).toContain('"name":"Grace"');
    expect(textOf(stage.state.editor)).toBe('three');
    stage.controller.store.set({ editor: editorOf('') });
  });

  test('a slash in a pane begins a command', async () => {
    stage.controller.store.set({ pane: 'inspector' });
    await pressAll(stage.controller, [{ kind: 'text', text: '/help' }]);
    expect(stage.state.pane).toBe('input');
    expect(textOf(stage.state.editor)).toBe('/help');
    stage.controller.store.set({ editor: editorOf('') });
  });

  test('others see that one types a message, and when no longer', async () => {
    await stage.type('/as Grace');
    await stage.type('/as Ada');
    await stage.until(({ link }) => link === 'online');
    const { testGroup, controller } = stage;
    const other = new Controller({ host: controller.host, write: () => {}, exit: () => {} });
    other.address = controller.address;
    other.logIn(await makeToken(testGroup.app, 'Grace'));
    other.store.set({ me: other.state.people[0]?.id ?? null, threadId: stage.state.threadId });
    listen(other);
    const until = async (isTyping: boolean) => {
      while (other.state.typists.length > 0 !== isTyping) await turn();
    };
    while (other.state.link !== 'online') await turn();
    await pressAll(controller, [{ kind: 'text', text: 'h' }]);
    await until(true);
    expect(other.state.typists[0]).toMatchObject({ name: 'Ada', threadId: stage.state.threadId });
    await pressAll(controller, [{ kind: 'key', name: 'backspace' }]);
    await until(false);
    other.close();
  });

  test('a reply quotes what is looked at, an edit changes it', async () => {
    await stage.type('first');
    await moveSelection(stage.controller, -1);
    await stage.type('/reply second');
    await stage.until(({ conversation }) =>
      JSON.stringify(conversation.entries.at(-1)).includes('"reply_to_id"'),
    );
    await stage.type('/edit third');
    await stage.hears('third');
    expect(stage.said).not.toContain('first');
  });

  test('a reaction is seen at its message', async () => {
    await stage.type('nice');
    await stage.type('/react 👍');
    await stage.until(({ conversation }) => JSON.stringify(conversation.entries).includes(':thumbsup:'));
  });

  test('copying writes the text to the clipboard of the terminal', async () => {
    await stage.type('copy me');
    await moveSelection(stage.controller, -1);
    stage.controller.store.set({ pane: 'conversation' });
    await pressAll(stage.controller, [{ kind: 'text', text: 'y' }]);
    stage.controller.store.set({ pane: 'input' });
    expect(stage.written.at(-1)).toBe(`\u001b]52;c;${Buffer.from('copy me').toString('base64')}\u0007`);
  });

  test('a transcript holds all of it, and overwrites nothing', async () => {
    const file = path.join(stage.testGroup.workspace.folder, 'talk.txt');
    await stage.type('to be kept');
    await stage.type(`/save ${file}`);
    expect(readFileSync(file, 'utf8')).toMatch(/Ada: to be kept\n$/);
    await stage.type(`/save ${file}`);
    expect(stage.toast).toContain('a file is in its place');
  });

  test('a file is sent as what it is; one that is not there is told', async () => {
    const file = path.join(stage.testGroup.workspace.folder, 'notes.txt');
    writeFileSync(file, 'notes');
    await stage.type(`/upload ${file}`);
    await stage.hears('notes');
    await stage.type('/upload /dev/zero');
    expect(stage.toast).toBe('/dev/zero was not sent: it is not a regular file.');
    await stage.type('/upload nothing.png');
    expect(stage.toast).toContain('nothing.png was not sent: it is not there.');
    expect(existsSync(file)).toBe(true);
  });
});

describe('people', () => {
  test('a new name is created and comes into the group; each remembers what they said', async () => {
    await stage.type('/as Grace');
    stage.controller.store.set({ editor: editorOf('I am Grace') });
    await stage.type(takeText(stage.controller));
    await stage.until(({ participants }) => participants.some(({ owner }) => owner.name === 'Grace'));
    await stage.type('/as Ada');
    recallInput(stage.controller, 1);
    expect(textOf(stage.state.editor)).not.toBe('I am Grace');
    await stage.type('/as Grace');
    recallInput(stage.controller, 1);
    expect(textOf(stage.state.editor)).toBe('I am Grace');
    stage.controller.store.set({ editor: editorOf('') });
  });

  test('Alt with a digit switches', async () => {
    await stage.type('/as Grace');
    await pressAll(stage.controller, [{ kind: 'key', name: 'alt+1' }]);
    expect(stage.state.people.find(({ id }) => id === stage.state.me)?.name).toBe('Ada');
  });

  test('somebody is made an admin, and no longer', async () => {
    await stage.type('/as Grace');
    await stage.type('/as Ada');
    const isAdmin = () => stage.state.participants.find(({ owner }) => owner.name === 'Grace')?.admin;
    await stage.until(({ participants }) => participants.length === 2);
    await stage.type('/admin Grace on');
    expect(isAdmin()).toBe(true);
    await stage.type('/admin Grace off');
    expect(isAdmin()).toBe(false);
  });

  test('what one may not do, another one here does', async () => {
    await stage.type('/as Grace');
    await stage.until(({ participants }) => participants.length === 2);
    await stage.type('/admin Grace on');
    expect(stage.toast).toBe('Grace is now an admin.');
  });

  test('what somebody may not do is a sentence', async () => {
    await stage.type('/as Grace');
    await stage.type('/bot add Mine');
    expect(stage.toast).toBe('Not authorized to create a bot.');
  });
});

describe('bots', () => {
  test('the form is filled, corrected and sent; the bot answers', async () => {
    await stage.type('/bot add Helper');
    await stage.type('/attach reply');
    await pressAll(stage.controller, [{ kind: 'key', name: 'ctrl+s' }]);
    expect(JSON.stringify(stage.state.overlay)).toContain('The triggers field is required.');
    await pressAll(stage.controller, [
      { kind: 'paste', text: 'help' },
      { kind: 'key', name: 'tab' },
      { kind: 'paste', text: 'one\ntwo' },
      { kind: 'key', name: 'ctrl+s' },
    ]);
    expect(stage.state.overlay).toBeNull();
    await stage.type('help');
    await stage.hears('two');
    await moveSelection(stage.controller, -3);
    await stage.until(({ verdicts }) => verdicts?.runs[0]?.status === 'handled');
    expect(stage.state.verdicts?.runs[0]).toMatchObject({ handler: 'reply', trigger: 'help' });
  });

  test('parameters may be given as JSON, and stand in the form', async () => {
    await stage.type('/bot add Helper');
    await stage.type('/attach reply {"triggers":["x"],"replies":["y"]}');
    expect(JSON.stringify(stage.state.overlay)).toContain('"y"');
    await pressAll(stage.controller, [{ kind: 'key', name: 'escape' }]);
    expect(stage.state.overlay).toBeNull();
  });

  test('a bot is switched off and removed, a handler detached', async () => {
    await stage.type('/bot add Helper');
    await stage.type('/attach hello');
    await pressAll(stage.controller, [{ kind: 'key', name: 'ctrl+s' }]);
    expect(stage.state.bots[0]).toHaveProperty('actions.length', 1);
    await stage.type('/bot off Helper');
    expect(stage.state.bots[0]?.enabled).toBe(false);
    await stage.type('/detach hello');
    expect(stage.state.bots[0]).toHaveProperty('actions', []);
    await stage.type('/bot remove Helper');
    expect(stage.state.bots).toEqual([]);
  });

  test('Tab knows what can be attached and installed', async () => {
    await stage.type('/bot add Helper');
    for (const [written, whole] of [
      ['/attach rep', '/attach reply '],
      ['/attach reply @', '/attach reply @Helper '],
    ] as const) {
      stage.controller.store.set({ editor: editorOf(written), completion: null });
      complete(stage.controller);
      expect(textOf(stage.state.editor)).toBe(whole);
    }
    stage.controller.store.set({ editor: editorOf('') });
  });

  test.each([
    '/attach reply @Two {"triggers":["@"],"replies":["y"]}',
    '/attach reply {"triggers":["@"],"replies":["y"]} @Two',
  ])('%s opens the form of that bot with what was given', async (line) => {
    await stage.type('/bot add One');
    await stage.type('/bot add Two');
    await stage.type(line);
    expect(stage.state.overlay).toMatchObject({ kind: 'form', form: { botName: 'Two' } });
    expect(JSON.stringify(stage.state.overlay)).toContain('"@"');
    stage.controller.store.set({ overlay: null });
    await stage.type('/attach reply @Three');
    expect(stage.toast).toBe('There is no bot "Three" here.');
  });

  test('what is there already is told', async () => {
    await stage.type('/bot add One');
    await stage.type('/bot off One');
    expect(stage.toast).toBe('One is off.');
    await stage.type('/admin Ada on');
    expect(stage.toast).toBe('Ada is an admin already.');
    await stage.type('/thread nowhere');
    expect(stage.toast).toBe('There is no group "nowhere": /thread new nowhere makes one.');
  });

  test('with several bots it is asked which', async () => {
    await stage.type('/bot add One');
    await stage.type('/bot add Two');
    await stage.type('/attach hello');
    expect(stage.state.overlay).toMatchObject({
      kind: 'picker',
      choices: [{ label: 'One' }, { label: 'Two' }],
    });
    await pressAll(stage.controller, [
      { kind: 'key', name: 'down' },
      { kind: 'key', name: 'enter' },
    ]);
    expect(stage.state.overlay).toMatchObject({ kind: 'form', form: { botName: 'Two' } });
    stage.controller.store.set({ overlay: null });
  });

  test('nothing has failed, and cooldowns are cleared', async () => {
    await stage.type('/failed now');
    expect(stage.toast).toBe('/failed takes nothing after it, and "now" was given. Nothing was done.');
    await stage.type('/failed');
    expect(stage.toast).toBe('Nothing has failed here.');
    await stage.type('/clear everything');
    expect(stage.toast).toBe('Usage: /clear cooldowns');
    await stage.type('/clear cooldowns');
    expect(stage.toast).toBe('Every bot and action may act again.');
  });
});

describe('the desk', () => {
  test('news of the daemon are told', () => {
    stage.onNews({ kind: 'reloaded', text: 'HelloBot reloaded 38 ms' });
    expect(stage.toast).toBe('HelloBot reloaded 38 ms');
    stage.onNews({ kind: 'printed', source: 'HelloBot', text: 'here' });
    expect(stage.state.logs.at(-1)).toEqual({ source: 'HelloBot', text: 'here' });
    const failed = { kind: 'failed', source: 'hello', stack: 'at handle (bots/HelloBot.ts:9:1)' } as const;
    stage.onNews({ ...failed, text: 'no', messageId: undefined });
    expect(stage.said.at(-1)).toBe('hello: no (handle (bots/HelloBot.ts:9:1))');
    stage.onNews({ ...failed, text: 'elsewhere', messageId: 'of another group' });
    expect(stage.said.at(-1)).not.toContain('elsewhere');
  });

  test('a failure that is in the log before its message is here is shown once the message is', async () => {
    const failed = { kind: 'failed', source: 'hello', stack: null, text: 'too early' } as const;
    await stage.type('on its way');
    const { entries } = stage.state.conversation;
    const message = entries.findLast(({ kind }) => kind === 'message');
    if (message === undefined) throw new Error('No message is shown.');
    const show = (shown: typeof entries) =>
      stage.controller.store.update((state) => ({
        ...state,
        conversation: { ...state.conversation, entries: shown },
      }));
    show(entries.filter((entry) => entry !== message));
    stage.onNews({ ...failed, messageId: message.id });
    expect(stage.said.at(-1)).not.toContain('too early');
    show(entries);
    await expect.poll(() => stage.said.at(-1), { timeout: 5_000 }).toBe('hello: too early');
  });

  test('the palette offers groups, people and commands', () => {
    openPalette(stage.controller);
    expect(stage.state.overlay).toMatchObject({ kind: 'picker', title: 'What next?' });
    expect(JSON.stringify(stage.state.overlay)).toContain('/thread Lounge');
    stage.controller.store.set({ overlay: null });
  });

  test('an unknown command is told, and nothing is said', async () => {
    const before = stage.said.length;
    await stage.type('/nonsense');
    expect(stage.toast).toContain('There is no command /nonsense');
    expect(stage.said).toHaveLength(before);
  });

  test('/quit leaves', async () => {
    await stage.type('/quit');
    expect(stage.exits).toEqual([0]);
  });
});
