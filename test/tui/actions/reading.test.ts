import { beforeEach, describe, expect, test } from 'vitest';
import { received } from '../../../src/tui/actions/events.ts';
import {
  clearSelection,
  goToEnd,
  goToStart,
  moveSelection,
  scrollBy,
  scrollPage,
} from '../../../src/tui/actions/reading.ts';
import { messagesOf, openConversation } from '../../../src/tui/state/conversation.ts';
import type { State } from '../../../src/tui/state/state.ts';
import { FakeApi } from '../../support/fake-api.ts';
import { openController } from '../../support/test-controller.ts';
import { atOps, message, messages, pageOf } from '../../support/tui.tsx';

const verdicts = (id: string) => ({ message_id: id, ignored: null, runs: [], untouched: [], actions: [] });

let api: FakeApi;
beforeEach(async () => {
  api = await FakeApi.open({
    'GET threads/ops/messages': pageOf(messages(50, 900)),
    'GET threads/ops/messages/page/m101': pageOf(messages(50, 51), 'm51'),
    'GET threads/ops/messages/page/m51': pageOf(messages(50, 1)),
    'GET threads/ops/mark-read': { success: true },
    'GET threads/ops/messages/m200/verdicts': verdicts('m200'),
    'GET threads/ops/messages/m199/verdicts': verdicts('m199'),
  });
});

/** In the middle of a long group: the messages 101 to 200 are loaded, older ones are there. */
function reading(fields: Partial<State['conversation']> = {}, state: Partial<State> = {}) {
  const conversation = { ...openConversation(pageOf(messages(100, 101), 'm101')), ...fields };
  return openController({ ...atOps([], state), conversation }, api).controller;
}

const bodies = ({ conversation }: State) => messagesOf(conversation).map(({ id }) => id);

describe('scrolling up', () => {
  test('asks for nothing while there is enough above', async () => {
    const controller = reading();
    await scrollBy(controller, -5);
    expect(controller.state.conversation.anchor).not.toBeNull();
    expect(api.asked).toEqual([]);
  });

  test('loads the page before near the oldest message, and the next one further up', async () => {
    const controller = reading();
    await goToStart(controller);
    expect([bodies(controller.state)[0], controller.state.conversation.olderThan]).toEqual(['m51', 'm51']);
    await goToStart(controller);
    expect([bodies(controller.state)[0], controller.state.conversation.olderThan]).toEqual(['m1', null]);
    await goToStart(controller);
    expect(api.asked).toHaveLength(2);
  });

  test('stays at its message while older ones come in above', async () => {
    const controller = reading();
    const page = api.hold('GET threads/ops/messages/page/m101');
    const loaded = goToStart(controller);
    await page.arrived;
    const { anchor } = controller.state.conversation;
    page.release();
    await loaded;
    expect(controller.state.conversation.anchor).toEqual(anchor);
  });

  test('asks once, however many keys are pressed meanwhile', async () => {
    const controller = reading();
    const page = api.hold('GET threads/ops/messages/page/m101');
    const first = goToStart(controller);
    await page.arrived;
    await Promise.all([scrollPage(controller, -1), goToStart(controller)]);
    page.release();
    await first;
    expect(api.asked).toEqual(['GET threads/ops/messages/page/m101']);
  });

  test('asks again after it has failed', async () => {
    const controller = reading({ olderThan: 'gone' });
    await expect(goToStart(controller)).rejects.toMatchObject({ status: 404 });
    await expect(goToStart(controller)).rejects.toMatchObject({ status: 404 });
  });

  test('drops an answer that comes after another group was opened', async () => {
    const controller = reading();
    const page = api.hold('GET threads/ops/messages/page/m101');
    const first = goToStart(controller);
    await page.arrived;
    controller.store.set({ threadId: 'two' });
    page.release();
    await first;
    expect(bodies(controller.state)[0]).toBe('m101');
  });

  test('goes by almost a page, so that two rows stay', async () => {
    const [page, rows] = [reading(), reading()];
    await scrollPage(page, -1);
    // 24 rows: one stays free, and title, prompt, notice, status and footer take five.
    await scrollBy(rows, -16);
    expect(page.state.conversation.anchor).toEqual(rows.state.conversation.anchor);
  });
});

describe('going to the end', () => {
  test('shows the last message again, with nothing selected, and marks the group as read', async () => {
    const controller = reading({ anchor: { entryId: 'm150', below: 1 }, selected: 'm150', unseen: 3 });
    await goToEnd(controller);
    expect(controller.state.conversation).toMatchObject({ anchor: null, selected: null, unseen: 0 });
    expect(api.asked).toEqual(['GET threads/ops/mark-read']);
  });

  test('loads the newest messages where they were dropped', async () => {
    const controller = reading({ anchor: { entryId: 'm150', below: 1 }, detached: true });
    await goToEnd(controller);
    expect(bodies(controller.state).at(-1)).toBe('m949');
    expect(controller.state.conversation.detached).toBe(false);
  });

  test('loads them with what arrives meanwhile', async () => {
    const { arrived, release } = api.hold('GET threads/ops/messages');
    const controller = reading({ anchor: { entryId: 'm150', below: 1 }, detached: true });
    const ended = goToEnd(controller);
    await arrived;
    received(controller, { ...message(950, 'm950'), thread_id: 'ops' });
    release();
    await ended;
    expect(bodies(controller.state).slice(-2)).toEqual(['m949', 'm950']);
  });

  test('merges no older page that was requested before', async () => {
    const controller = reading({ anchor: { entryId: 'm150', below: 1 }, detached: true });
    const older = api.hold('GET threads/ops/messages/page/m101');
    const scrolled = goToStart(controller);
    await older.arrived;
    const newest = api.hold('GET threads/ops/messages');
    const ended = goToEnd(controller);
    await newest.arrived;
    older.release();
    await scrolled;
    newest.release();
    await ended;
    expect(bodies(controller.state)).toEqual(messages(50, 900).map(({ id }) => id));
  });

  test('leaves out an older page that was loaded meanwhile', async () => {
    const controller = reading({ anchor: { entryId: 'm150', below: 1 }, detached: true });
    const newest = api.hold('GET threads/ops/messages');
    const ended = goToEnd(controller);
    await newest.arrived;
    await goToStart(controller);
    newest.release();
    await ended;
    expect(bodies(controller.state)).toEqual(messages(50, 900).map(({ id }) => id));
  });

  test('leaves out an older page that comes after them', async () => {
    const controller = reading({ anchor: { entryId: 'm150', below: 1 }, detached: true });
    const older = api.hold('GET threads/ops/messages/page/m101');
    const scrolled = goToStart(controller);
    await older.arrived;
    await goToEnd(controller);
    older.release();
    await scrolled;
    expect(bodies(controller.state)).toEqual(messages(50, 900).map(({ id }) => id));
  });

  test('shows the end though an older page comes after it', async () => {
    const controller = reading({
      ...openConversation(pageOf(messages(380, 101), 'm101')),
      anchor: { entryId: 'm150', below: 1 },
    });
    const older = api.hold('GET threads/ops/messages/page/m101');
    const scrolled = goToStart(controller);
    await older.arrived;
    await goToEnd(controller);
    older.release();
    await scrolled;
    expect(bodies(controller.state).at(-1)).toBe('m480');
    expect(controller.state.conversation).toMatchObject({ anchor: null, detached: false });
  });

  test('can be tried again where they cannot be loaded', async () => {
    api.answer('GET threads/ops/messages', undefined);
    const controller = reading({ anchor: { entryId: 'm150', below: 1 }, detached: true });
    await expect(goToEnd(controller)).rejects.toThrow('There is no GET threads/ops/messages.');
    expect(controller.state.conversation.detached).toBe(true);
  });

  test('also happens by scrolling down to where messages were dropped', async () => {
    const controller = reading({ anchor: { entryId: 'm200', below: 1 }, detached: true });
    await scrollBy(controller, 5);
    expect(bodies(controller.state).at(-1)).toBe('m949');
  });
});

describe('the selected message', () => {
  test('is the last one first, then those before, each with its verdicts', async () => {
    const controller = reading();
    await moveSelection(controller, -1);
    expect(controller.state).toMatchObject({
      conversation: { selected: 'm200' },
      verdicts: { message_id: 'm200' },
    });
    await moveSelection(controller, -1);
    expect(controller.state).toMatchObject({
      conversation: { selected: 'm199' },
      verdicts: { message_id: 'm199' },
    });
  });

  test('has no verdicts of another one, though they are answered last', async () => {
    const controller = reading();
    const late = api.hold('GET threads/ops/messages/m200/verdicts');
    const first = moveSelection(controller, -1);
    await late.arrived;
    await moveSelection(controller, -1);
    late.release();
    await first;
    expect(controller.state.verdicts).toMatchObject({ message_id: 'm199' });
  });

  test('is none after looking away, and the inspector begins at its top', () => {
    const controller = reading({ selected: 'm150' }, { verdicts: verdicts('m150'), inspectorTop: 7 });
    clearSelection(controller);
    expect(controller.state).toMatchObject({
      conversation: { selected: null },
      verdicts: null,
      inspectorTop: 0,
    });
  });
});
