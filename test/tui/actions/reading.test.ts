import { beforeEach, describe, expect, test } from 'vitest';
import { received } from '../../../src/tui/actions/events.ts';
import {
  clearSelection,
  goTo,
  goToEnd,
  goToStart,
  moveSelection,
  returnTo,
  scrollBy,
  scrollPage,
  showMessage,
} from '../../../src/tui/actions/reading.ts';
import type { Controller } from '../../../src/tui/controller.ts';
import { messagesOf, openConversation } from '../../../src/tui/state/conversation.ts';
import type { State } from '../../../src/tui/state/state.ts';
import { lineText } from '../../../src/tui/text/line.ts';
import { conversationPane } from '../../../src/tui/view/sizes.ts';
import { visibleRows } from '../../../src/tui/view/viewport.ts';
import { FakeApi } from '../../support/fake-api.ts';
import { openController } from '../../support/test-controller.ts';
import { atOps, message, messages, pageOf, stretchOf } from '../../support/tui.tsx';

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

/** Scrolls up as far as messages are loaded. */
const toTop = (controller: Controller) => scrollBy(controller, -10_000);

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
    await toTop(controller);
    expect([bodies(controller.state)[0], controller.state.conversation.olderThan]).toEqual(['m51', 'm51']);
    await toTop(controller);
    expect([bodies(controller.state)[0], controller.state.conversation.olderThan]).toEqual(['m1', null]);
    await toTop(controller);
    expect(api.asked).toHaveLength(2);
  });

  test('stays at its message while older ones come in above', async () => {
    const controller = reading();
    const page = api.hold('GET threads/ops/messages/page/m101');
    const loaded = toTop(controller);
    await page.arrived;
    const { anchor } = controller.state.conversation;
    page.release();
    await loaded;
    expect(controller.state.conversation.anchor).toEqual(anchor);
  });

  test('asks once, however many keys are pressed meanwhile', async () => {
    const controller = reading();
    const page = api.hold('GET threads/ops/messages/page/m101');
    const first = toTop(controller);
    await page.arrived;
    await Promise.all([scrollPage(controller, -1), toTop(controller)]);
    page.release();
    await first;
    expect(api.asked).toEqual(['GET threads/ops/messages/page/m101']);
  });

  test('asks again after it has failed', async () => {
    const controller = reading({ olderThan: 'gone' });
    await expect(toTop(controller)).rejects.toMatchObject({ status: 404 });
    await expect(toTop(controller)).rejects.toMatchObject({ status: 404 });
  });

  test('drops an answer that comes after another group was opened', async () => {
    const controller = reading();
    const page = api.hold('GET threads/ops/messages/page/m101');
    const first = toTop(controller);
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
    const scrolled = toTop(controller);
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
    await toTop(controller);
    newest.release();
    await ended;
    expect(bodies(controller.state)).toEqual(messages(50, 900).map(({ id }) => id));
  });

  test('leaves out an older page that comes after them', async () => {
    const controller = reading({ anchor: { entryId: 'm150', below: 1 }, detached: true });
    const older = api.hold('GET threads/ops/messages/page/m101');
    const scrolled = toTop(controller);
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
    const scrolled = toTop(controller);
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

  test('by scrolling down where messages were dropped stays there, and loads the page after', async () => {
    api.answer('GET threads/ops/messages/newer/m200', stretchOf(messages(50, 201), { newer: 'm250' }));
    const controller = reading({ anchor: { entryId: 'm200', below: 1 }, detached: true, unseen: 2 });
    await scrollBy(controller, 5);
    expect(bodies(controller.state).at(-1)).toBe('m250');
    expect(controller.state.conversation).toMatchObject({
      anchor: { entryId: 'm200', below: 0 },
      detached: true,
      unseen: 2,
    });
  });

  test('by scrolling down ends with the last page, and with what arrived meanwhile', async () => {
    api.answer('GET threads/ops/messages/newer/m200', stretchOf(messages(5, 201), {}));
    const controller = reading({ anchor: { entryId: 'm200', below: 1 }, detached: true });
    received(controller, { ...message(205, 'm205'), thread_id: 'ops' });
    received(controller, { ...message(206, 'm206'), thread_id: 'ops' });
    await scrollBy(controller, 1);
    expect(bodies(controller.state).slice(-3)).toEqual(['m204', 'm205', 'm206']);
    expect(controller.state.conversation).toMatchObject({ detached: false, beyond: [] });
    await scrollBy(controller, 100);
    expect(controller.state.conversation).toMatchObject({ anchor: null, unseen: 0 });
  });
});

describe('going elsewhere', () => {
  const first = stretchOf(messages(26, 1), { found: 'm1', newer: 'm26' });
  const around = stretchOf(messages(50, 375), { found: 'm400', older: 'm375', newer: 'm424' });
  beforeEach(() => {
    api.answer('GET threads/ops/messages/since/1970-01-01T00%3A00%3A00Z', first);
    api.answer('GET threads/ops/messages/newer/m26', stretchOf(messages(50, 27), { newer: 'm76' }));
    api.answer('GET threads/ops/messages/around/m400', around);
    api.answer('GET threads/ops/messages/page/m375', pageOf(messages(50, 325), 'm325'));
    api.answer('GET threads/ops/messages/newer/m424', stretchOf(messages(50, 425), { newer: 'm474' }));
    api.answer('GET threads/ops/messages/page/m125', pageOf(messages(50, 75), 'm75'));
    api.answer('GET threads/ops/messages/newer/m174', stretchOf(messages(50, 175), { newer: 'm224' }));
  });

  test('to the first message loads it, and what follows', async () => {
    const controller = reading();
    await goTo(controller, 'first');
    expect(bodies(controller.state)[0]).toBe('m1');
    expect(controller.state.conversation).toMatchObject({ olderThan: null, detached: true });
    expect(controller.state.conversation.anchor).not.toBeNull();
  });

  test('to a moment shows its first message at the top', async () => {
    const moment = new Date('2026-04-26T10:00:00Z');
    const path = `GET threads/ops/messages/since/${encodeURIComponent(moment.toISOString())}`;
    api.answer(path, { ...around, meta: { ...around.meta, found_id: 'm400' } });
    const controller = reading();
    await goTo(controller, moment);
    expect(
      visibleRows(controller.state.conversation, conversationPane(controller.state)).map(lineText).join(),
    ).toMatch(/^ +line 400,/);
  });

  test('to a message that is loaded asks for nothing', async () => {
    const controller = reading();
    await showMessage(controller, 'm150');
    expect(controller.state.conversation.anchor).toMatchObject({ entryId: expect.stringMatching(/^m15\d$/) });
    expect(api.asked).toEqual([]);
  });

  test('to another message loads its surroundings, in which new ones are still counted', async () => {
    const controller = reading({ anchor: { entryId: 'm150', below: 0 }, unseen: 3 });
    await showMessage(controller, 'm400');
    received(controller, { ...message(901, 'm901'), thread_id: 'ops' });
    expect(controller.state.conversation).toMatchObject({ detached: true, unseen: 4, olderThan: 'm325' });
    await goToEnd(controller);
    expect(bodies(controller.state).at(-1)).toBe('m949');
  });

  test('and back is where one was', async () => {
    const anchor = { entryId: 'm150', below: 1 };
    api.answer(
      'GET threads/ops/messages/around/m150',
      stretchOf(messages(50, 125), { found: 'm150', older: 'm125', newer: 'm174' }),
    );
    const controller = reading({ anchor });
    await showMessage(controller, 'm400');
    await returnTo(controller, { anchor, selected: null, pane: 'input' });
    expect(controller.state).toMatchObject({ pane: 'input', conversation: { anchor } });
    expect(bodies(controller.state)).toContain('m150');
  });

  test('the last place that was asked for is shown, whichever answer comes last', async () => {
    const controller = reading();
    const late = api.hold('GET threads/ops/messages/since/1970-01-01T00%3A00%3A00Z');
    const started = goToStart(controller);
    await late.arrived;
    await goToEnd(controller);
    late.release();
    await started;
    expect(bodies(controller.state).at(-1)).toBe('m200');
    expect(controller.state.conversation.anchor).toBeNull();
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
