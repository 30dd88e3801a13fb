import { describe, expect, test } from 'vitest';
import type { MessageJson, VerdictsJson } from '../../src/client/index.ts';
import { openConversation } from '../../src/tui/state/conversation.ts';
import { emptyEditor } from '../../src/tui/state/editor.ts';
import {
  atOps,
  bot,
  grace,
  helloBot,
  logged,
  message,
  messages,
  pageOf,
  show,
  thread,
} from '../support/tui.tsx';
import { verdict } from '../support/tui-data.ts';

const esc = '\u001b';
const up = `${esc}[1;3A`;

const talk: MessageJson[] = [
  message(1, 'added the BOT - HelloBot', { system_message: true, type: 100 }),
  message(2, 'hi there', { owner: grace }),
  message(3, 'Why hello there!', {
    owner: helloBot,
    reply_to_id: 'm2',
    reply_to: message(2, 'hi there', { owner: grace }),
    reactions: { data: { ':joy:': [{} as never, {} as never] }, meta: { total: 2, total_unique: 1 } },
  }),
  message(4, 'photo.png', { image: { sm: '', md: '', lg: '' }, type: 1 }),
  message(5, 'you \u001b[2J there', { edited: true }),
];

const verdicts: VerdictsJson = {
  message_id: 'm5',
  ignored: null,
  runs: [
    {
      id: 'r1',
      bot: { id: 'hello', name: 'HelloBot' },
      action_id: 'a1',
      handler: 'hello',
      trigger: 'you',
      status: 'failed',
      reason: null,
      error: {
        code: 'HANDLER_THREW',
        message: 'HelloBot failed: no coffee',
        stack: 'at handle (bots/HelloBot.ts:9:3)',
      },
      attempts: 1,
      rests_for: 0,
      payload: { cups: 0 },
      started_at: '2026-04-26T10:05:00.000000Z',
      finished_at: '2026-04-26T10:05:00.042000Z',
    },
    {
      id: 'r2',
      bot: { id: 'hello', name: 'HelloBot' },
      action_id: 'a2',
      handler: 'roll',
      trigger: null,
      status: 'skipped',
      reason: 'action_cooldown',
      error: null,
      attempts: 0,
      rests_for: 250,
      payload: null,
      started_at: '2026-04-26T10:05:00.000000Z',
      finished_at: '2026-04-26T10:05:00.000000Z',
    },
  ],
  untouched: [
    { bot: { id: 'hello', name: 'HelloBot' }, action_id: 'a3', handler: 'joke', reason: 'no_match' },
  ],
  actions: [
    verdict({
      trigger: 'you',
      verdict: 'failed',
      sentence: 'failed after 42 ms',
      error: {
        code: 'HANDLER_THREW',
        message: 'HelloBot failed: no coffee',
        stack: 'at handle (bots/HelloBot.ts:9:3)',
        at: 'bots/HelloBot.ts:9',
      },
    }),
    verdict({
      action_id: 'a2',
      handler: 'roll',
      trigger: null,
      verdict: 'action_cooldown',
      sentence: 'on cooldown, 4 m 10 s left',
    }),
    verdict({ action_id: 'a3', handler: 'joke', verdict: 'no_match', sentence: 'no match' }),
  ],
};

describe('panes', () => {
  const state = atOps(talk, {
    bots: [bot()],
    threads: [thread('ops'), thread('general', { unread: true, unread_count: 3 })],
  });

  test.each([
    [160, 45, ['groups', '#ops', 'bots']],
    [120, 30, ['groups', '#ops', 'bots']],
    [119, 30, ['groups', '#ops']],
    [80, 24, ['groups', '#ops']],
    [79, 24, ['#ops']],
    [40, 12, ['#ops']],
  ])('%i × %i', async (columns, rows, titles) => {
    const frame = await show(state, columns, rows).until('#ops');
    const head = frame.split('\n')[0] ?? '';
    expect(head.trim().split(/\s*│\s*|\s{2,}/)).toEqual(titles);
    expect(frame.split('\n')).toHaveLength(rows - 1);
  });

  test.each([
    [39, 24],
    [80, 7],
  ])('%i × %i is too small, and says so', async (columns, rows) => {
    await show(state, columns, rows).until('This window is too small');
  });

  test('unread messages, bots and who types are in the list of groups', async () => {
    const typists = [{ threadId: 'general', id: 'hello', name: 'HelloBot' }];
    const frame = await show({ ...state, typists }, 100).until('#general');
    expect(frame).toMatch(/▸ #ops +◆1/);
    expect(frame).toMatch(/#general +… 3/);
  });
});

describe('the conversation', () => {
  test('has days, names, marks, quotes, reactions, files and edits', async () => {
    const frame = await show(atOps(talk), 79, 30).until('hi there');
    for (const part of [
      'Sunday, 26 April 2026',
      '· Ada added the BOT - HelloBot',
      ' Grace',
      ' ◆ HelloBot bot',
      '┃ Grace: hi there',
      '😂 2',
      ' Ada you',
      '▣ image photo.png',
      'you \\x1b[2J there (edited)',
    ]) {
      expect(frame).toContain(part);
    }
  });

  test('says who types, and what is new out of sight', async () => {
    const typists = [{ threadId: 'ops', id: 'hello', name: 'HelloBot' }];
    const conversation = {
      ...openConversation(pageOf(messages(99))),
      anchor: { entryId: 'm50', below: 0 },
      unseen: 3,
    };
    const frame = await show(atOps([], { conversation, typists }), 79, 20).until('HelloBot is typing …');
    expect(frame).toContain('↓ 3 new');
    expect(frame).toContain('line 50');
    expect(frame).not.toContain('line 99');
  });

  test('an empty group says how to begin', async () => {
    await show(atOps([]), 80, 24).until('Nobody has said anything yet.');
    await show(atOps([], { threads: [], threadId: null }), 80, 24).until('/thread new NAME makes one.');
  });
});

describe('the inspector', () => {
  test('tells of each action what became of it', async () => {
    const base = atOps(talk, { verdicts });
    const state = { ...base, conversation: { ...base.conversation, selected: 'm5' } };
    const frame = await show(state, 160, 45).until('what the bots made of it');
    for (const part of [
      '✗ hello: failed after 42 ms',
      'HelloBot failed: no coffee',
      'bots/HelloBot.ts:9:3',
      '{"cups":0}',
      '– roll: on cooldown, 4 m 10 s left',
      '· joke: no match',
    ]) {
      expect(frame).toContain(part);
    }
  });

  test('tells of the bots where no message is looked at, and how to get some', async () => {
    await show(atOps(talk), 160, 45).until('/bot add NAME makes one');
    const resting = bot({ enabled: false, actions: [] });
    await show(atOps(talk, { bots: [resting] }), 160, 45).until('◆ HelloBot (off)');
  });

  test('gives its place to what handlers print', async () => {
    const logs = [logged(1, 'got here', { source: 'HelloBot' })];
    await show(atOps(talk, { logs, side: 'log' }), 160, 45).until('HelloBot | got here');
    const several = [logged(1, 'first\nsecond', { source: 'A' }), logged(2, 'third', { source: 'B' })];
    const screen = await show(atOps(talk, { logs: several, side: 'log' }), 160, 45).until('third');
    expect(screen).toMatch(/A \| first[\s\S]*second[\s\S]*B \| third/);
  });
});

describe('status and prompt', () => {
  test('say who speaks where, and how the daemon is', async () => {
    const status = {
      botsEnabled: false,
      clock: null,
      queue: { waiting: 2, running: 1, failed: 4 },
      handlersRevision: 1,
      runs: [],
    };
    const frame = await show(atOps(talk, { status, reloads: 2 }), 100, 24).until('Ada (admin) → #ops ›');
    expect(frame).toContain('● daemon · bots off · queue 3 · 4 failed');
    expect(frame).toContain('2 reloads');
  });

  test('a lost daemon is told', async () => {
    await show(atOps(talk, { link: 'offline' }), 80, 24).until('daemon gone, reconnecting');
  });

  test('a text of several lines is seen as such', async () => {
    const view = show(atOps(talk), 80, 24);
    await view.press('one', `${esc}\r`, 'two');
    const frame = await view.until('two');
    expect(frame).toMatch(/› one *\n +two/);
  });

  test('a long line shows where the cursor is', async () => {
    const view = show(atOps(talk), 60, 20);
    await view.press(`${'x'.repeat(100)}end`);
    await view.until('end');
  });
});

describe('keys', () => {
  test('Alt+↑ looks at messages; the panes follow', async () => {
    const view = show(atOps(talk), 100, 24);
    await view.until('#ops');
    view.controller.address = { url: 'http://127.0.0.1:1', realtime: { url: '', key: '' } };
    await view.press(up);
    await view.until('▌');
    expect(await view.until('what the bots made of it')).not.toContain('groups');
  });

  test('F1 lists the keys of every pane, that of the focus first', async () => {
    const view = show(atOps(talk), 100, 50);
    await view.press('\u001bOP');
    const frame = await view.until('▸ Help');
    expect(frame).toMatch(/▸ Help *\n.* Prompt *\n/);
    expect(frame).toContain('Ctrl+O');
    await view.press('q');
    await view.until('Ada (admin) → #ops ›');
  });

  test('each pane shows its keys while it has the focus', async () => {
    const view = show(atOps(talk), 160, 30);
    await view.until('Ctrl+O: all actions');
    await view.press('\t');
    await view.until('↑ ↓: choose · Enter: open');
    await view.press('\t');
    await view.until('↑: select · y: copy · r: reply');
    await view.press('\t');
    await view.until('↑ ↓: choose · Esc: back');
  });

  test('Tab completes commands and what is likely to be said', async () => {
    const view = show(atOps(talk, { bots: [bot({ name: 'Helper' })] }), 100, 24);
    await view.press('/kn', '\t');
    await view.until('› /knock');
    view.controller.store.set({ editor: emptyEditor });
    await view.press('Hel', '\t');
    await view.until('› Helper');
  });

  test('Ctrl+O finds commands by their words, and asks for what they need', async () => {
    const view = show(atOps(talk), 100, 24);
    await view.press('\u000f', 'image');
    await view.until('▸ /upload FILE');
    await view.press('\r');
    await view.until('› /upload');
  });

  test('Tab from an empty prompt goes from pane to pane, Esc comes back', async () => {
    const view = show(atOps(talk), 100, 24);
    await view.press('\t');
    await view.until('▸ groups');
    await view.press(esc);
    await view.until((frame) => !frame.includes('▸ groups'));
  });

  test('Ctrl+C and Ctrl+D leave', async () => {
    const view = show(atOps(talk), 100, 24);
    await view.press('\u0003', '\u0004');
    expect(view.exits).toEqual([130, 0]);
  });
});

test('without colours nothing is lost', async () => {
  const colours = await show(atOps(talk), 100, 24).until('hi there');
  const plain = await show(atOps(talk), 100, 24, { NO_COLOR: '1' }).until('hi there');
  expect(plain).toBe(colours);
});
