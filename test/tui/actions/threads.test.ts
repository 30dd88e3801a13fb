import { beforeEach, describe, expect, test } from 'vitest';
import { received } from '../../../src/tui/actions/events.ts';
import {
  loadMoreThreads,
  markRead,
  openThread,
  refreshBots,
  refreshPeople,
  refreshThreads,
} from '../../../src/tui/actions/threads.ts';
import type { Controller } from '../../../src/tui/controller.ts';
import { messagesOf } from '../../../src/tui/state/conversation.ts';
import type { State } from '../../../src/tui/state/state.ts';
import { threadPlace } from '../../../src/tui/state/thread-list.ts';
import { FakeApi } from '../../support/fake-api.ts';
import { openController } from '../../support/test-controller.ts';
import { atOps, bot, message, pageOf, thread } from '../../support/tui.tsx';
import { failedRun } from '../../support/tui-data.ts';

const listOf = (...names: string[]) => ({
  data: names.map((name) => thread(name, { unread: true, unread_count: 2 })),
});

/** The answers of a group with one bot and one message. */
const group = (name: string) => ({
  [`GET threads/${name}/messages`]: pageOf([message(1, `hi ${name}`)]),
  [`GET threads/${name}/participants`]: { data: [{ id: `p ${name}` }] },
  [`GET threads/${name}/bots`]: [{ id: 'b' }],
  [`GET threads/${name}/bots/b`]: bot({ id: 'b', name: `Bot of ${name}` }),
  [`GET threads/${name}/failed-runs`]: [failedRun('hello', 'no')],
  [`GET threads/${name}/bots/b/add-handlers`]: [{ alias: 'reply' }],
  [`GET threads/${name}/bots/packages`]: [{ alias: 'games' }],
  [`GET threads/${name}/mark-read`]: { success: true },
});

let api: FakeApi;
beforeEach(async () => {
  api = await FakeApi.open({ 'GET threads': listOf('ops', 'two'), ...group('ops'), ...group('two') });
});

const at = (fields: Partial<State> = {}): Controller =>
  openController(atOps([message(9, 'old')], fields), api).controller;
const said = ({ state }: Controller) => messagesOf(state.conversation).map(({ body }) => body);
const botNames = ({ state }: Controller) => state.bots.map(({ name }) => name);

describe('the list of groups', () => {
  test.each<[string, Partial<State>, string[], number]>([
    ['is at the open group', {}, ['new', 'ops'], 1],
    ['is at the first one where none is open', { threadId: null }, ['new', 'ops'], 0],
    ['is at the first one where the open one is gone', {}, ['new', 'two'], 0],
    ['is where a person has moved it', { pane: 'threads', threadCursor: 'two' }, ['two', 'ops', 'new'], 0],
    [
      'follows the group a person has moved it to',
      { pane: 'threads', threadCursor: 'two' },
      ['new', 'ops', 'two'],
      2,
    ],
    [
      'is at the next one where the chosen one is gone',
      { pane: 'threads', threadCursor: 'two' },
      ['new', 'ops'],
      1,
    ],
    ['may be empty', { pane: 'threads', threadCursor: 'two' }, [], 0],
  ])('has a cursor that %s', async (_, fields, names, cursor) => {
    api.answer('GET threads', listOf(...names));
    const controller = at({ threads: [thread('ops'), thread('two')], ...fields });
    await refreshThreads(controller);
    expect(controller.state.threads.map(({ name }) => name)).toEqual(names);
    expect(threadPlace(controller.state)).toBe(cursor);
  });

  test('has the open group, however far down it is', async () => {
    api.answer('GET threads', { ...listOf('two'), meta: { next_page_route: '/more', total: 9 } });
    api.answer('GET threads/ops', thread('ops', { updated_at: '2026-01-01' }));
    const controller = at({ threads: [] });
    await refreshThreads(controller);
    expect(controller.state.threads.map(({ name }) => name)).toEqual(['two', 'ops']);
    expect(controller.state.threadPages).toEqual({ next: '/more', total: 9 });
  });

  test('has the next page once the cursor is near the end, and asks for it once', async () => {
    api.answer('GET threads/page/two', listOf('three'));
    const threads = listOf('ops', 'two').data;
    const more = '/api/messenger/threads/page/two';
    const controller = at({ threads, threadPages: { next: more, total: 3 } });
    await Promise.all([loadMoreThreads(controller), loadMoreThreads(controller)]);
    expect(controller.state.threads.map(({ name }) => name)).toEqual(['two', 'three', 'ops']);
    await loadMoreThreads(controller);
    expect(api.asked).toEqual(['GET threads/page/two']);
  });

  test('is not that of somebody who no longer speaks', async () => {
    const { arrived, release } = api.hold('GET threads');
    const controller = at({ threads: [thread('mine')] });
    const refreshed = refreshThreads(controller);
    await arrived;
    controller.store.set({ me: 'grace' });
    release();
    await refreshed;
    expect(controller.state.threads.map(({ name }) => name)).toEqual(['mine']);
  });
});

describe('a group that is opened', () => {
  test('has its newest messages, its people, its bots and their choices, and is read', async () => {
    const controller = at({ threads: listOf('ops', 'two').data });
    await openThread(controller, 'two');
    expect([said(controller), botNames(controller)]).toEqual([['hi two'], ['Bot of two']]);
    expect(controller.state).toMatchObject({
      threadId: 'two',
      participants: [{ id: 'p two' }],
      failed: [{ handler: 'hello' }],
      attachable: ['reply'],
      installable: ['games'],
      threads: [
        { unread: true, unread_count: 2 },
        { unread: false, unread_count: 0 },
      ],
    });
  });

  test('shows nothing of the one before while it loads', async () => {
    const { arrived, release } = api.hold('GET threads/two/messages');
    const controller = at({
      bots: [bot()],
      attachable: ['reply'],
      draft: { kind: 'edit', messageId: 'm9', about: '' },
    });
    const opened = openThread(controller, 'two');
    await arrived;
    expect(controller.state).toMatchObject({ threadId: 'two', bots: [], attachable: [], draft: null });
    expect(said(controller)).toEqual([]);
    release();
    await opened;
  });

  test('and is open already keeps what is shown until the answer is here', async () => {
    const { arrived, release } = api.hold('GET threads/ops/messages');
    const controller = at({ bots: [bot()] });
    const opened = openThread(controller, 'ops');
    await arrived;
    expect([said(controller), botNames(controller)]).toEqual([['old'], ['HelloBot']]);
    release();
    await opened;
    expect([said(controller), botNames(controller)]).toEqual([['hi ops'], ['Bot of ops']]);
  });

  test.each([
    ['another group', 'two', ['hi two', 'new', 'newer']],
    ['the open group', 'ops', ['hi ops', 'new', 'newer']],
  ])('has what arrives while its messages are loaded: %s', async (_, name, expected) => {
    const { arrived, release } = api.hold(`GET threads/${name}/messages`);
    const controller = at();
    const opened = openThread(controller, name);
    await arrived;
    for (const [number, body] of ['new', 'newer'].entries())
      received(controller, { ...message(20 + number, body), thread_id: name });
    // It was stored before the page was read, and its event comes after that.
    received(controller, { ...message(1, `hi ${name}`), thread_id: name });
    release();
    await opened;
    expect(said(controller)).toEqual(expected);
  });

  test('is not overwritten by the answers about one that was opened before', async () => {
    const controller = at();
    const late = api.hold('GET threads/ops/messages');
    const first = openThread(controller, 'ops');
    await late.arrived;
    await openThread(controller, 'two');
    late.release();
    await first;
    expect([said(controller), botNames(controller)]).toEqual([['hi two'], ['Bot of two']]);
    expect(api.asked).not.toContain('GET threads/ops/mark-read');
  });

  test.each([
    ['people', 'GET threads/ops/participants', refreshPeople],
    ['bots', 'GET threads/ops/failed-runs', refreshBots],
    ['choices', 'GET threads/ops/bots/packages', refreshBots],
  ])('has none of the %s of another one that are answered late', async (_, request, refresh) => {
    const controller = at();
    const late = api.hold(request);
    const refreshed = refresh(controller);
    await late.arrived;
    controller.store.set({ threadId: 'two', participants: [], bots: [], attachable: [] });
    late.release();
    await refreshed;
    expect(controller.state).toMatchObject({ participants: [], bots: [], attachable: [], installable: [] });
  });
});

describe('the bots of the open group', () => {
  test('are read once more for all that ask while they are read', async () => {
    const controller = at();
    const { arrived, release } = api.hold('GET threads/ops/bots');
    const first = refreshBots(controller);
    await arrived;
    const more = [refreshBots(controller), refreshBots(controller), refreshBots(controller)];
    release();
    await Promise.all([first, ...more]);
    expect(api.asked.filter((request) => request === 'GET threads/ops/bots')).toHaveLength(2);
  });

  test('are none where bots are off or this person may not see them', async () => {
    const bare = await FakeApi.open({});
    const { controller } = openController(atOps([], { bots: [bot()], attachable: ['reply'] }), bare);
    await refreshBots(controller);
    expect(controller.state).toMatchObject({ bots: [], failed: [], attachable: [], installable: [] });
  });

  test('are read again after it has failed, also for those that asked meanwhile', async () => {
    const controller = at();
    api.answer('GET threads/ops/bots/b', undefined);
    const failed = refreshBots(controller);
    const next = refreshBots(controller);
    await expect(failed).rejects.toMatchObject({ status: 404 });
    api.answer('GET threads/ops/bots/b', bot({ name: 'Found' }));
    await next.catch(() => {});
    await refreshBots(controller);
    expect(botNames(controller)).toEqual(['Found']);
  });
});

test.each([
  ['people', refreshPeople],
  ['bots', refreshBots],
  ['unread messages', markRead],
])('without an open group the %s are not asked for', async (_, refresh) => {
  await refresh(at({ threadId: null }));
  expect(api.asked).toEqual([]);
});
