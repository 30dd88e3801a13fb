import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EventData, MessageJson } from '../../../src/client/index.ts';
import { addNote, onEvent } from '../../../src/tui/actions/events.ts';
import type { Controller } from '../../../src/tui/controller.ts';
import { messagesOf } from '../../../src/tui/state/conversation.ts';
import type { State } from '../../../src/tui/state/state.ts';
import { FakeApi } from '../../support/fake-api.ts';
import { openController } from '../../support/test-controller.ts';
import { atOps, grace, helloBot, message } from '../../support/tui.tsx';

const channel = 'presence-messenger.thread.ops';
const talk = [
  message(1, 'one'),
  message(2, 'two', { owner: grace, reply_to_id: 'm1', reply_to: message(1, 'one') }),
];
const open = (fields: Partial<State> = {}) => openController(atOps(talk, fields)).controller;

function tell<Name extends keyof EventData>(
  controller: Controller,
  event: Name,
  data: EventData[Name],
): void {
  onEvent(controller, { event, channel, data });
}

const shown = ({ state }: Controller): MessageJson[] => messagesOf(state.conversation);

describe('a message', () => {
  test('that is edited changes where it stands and where it is quoted', () => {
    const controller = open();
    tell(controller, 'message.edited', { ...message(1, 'new'), reactions: undefined });
    expect(shown(controller)).toMatchObject([
      { body: 'new', edited: true },
      { reply_to: { body: 'new', edited: true } },
    ]);
  });

  test('that is edited keeps its reactions, which the event does not have', () => {
    const reactions = { data: { ':joy:': [] }, meta: { total: 0, total_unique: 0 } };
    const { controller } = openController(atOps([message(1, 'old', { reactions })]));
    tell(controller, 'message.edited', message(1, 'new'));
    expect(shown(controller)).toMatchObject([{ body: 'new', reactions }]);
  });

  test('that is removed is gone; one that is not loaded changes nothing', () => {
    const controller = open();
    tell(controller, 'message.archived', { message_id: 'm1', thread_id: 'ops' });
    tell(controller, 'message.archived', { message_id: 'm77', thread_id: 'ops' });
    expect(shown(controller).map(({ id }) => id)).toEqual(['m2']);
  });
});

describe('reactions', () => {
  const reaction = (reaction: string, id: string, message_id = 'm1'): EventData['reaction.added'] => ({
    id,
    reaction,
    message_id,
    created_at: '',
    owner_id: 'grace',
    owner_type: 'users',
    owner: grace,
  });
  const added = (...given: Parameters<typeof reaction>) => ['reaction.added', reaction(...given)] as const;
  const removed = (code: string, id: string) => ['reaction.removed', reaction(code, id)] as const;

  test.each([
    [
      'are counted by emoji',
      [added(':joy:', 'a'), added(':joy:', 'b'), added(':+1:', 'c')],
      { ':joy:': 2, ':+1:': 1 },
    ],
    ['that are told twice count once', [added(':joy:', 'a'), added(':joy:', 'a')], { ':joy:': 1 }],
    [
      'that are removed do not count',
      [added(':joy:', 'a'), added(':joy:', 'b'), removed(':joy:', 'a')],
      { ':joy:': 1 },
    ],
    ['of an emoji that nobody has left are no row', [added(':joy:', 'a'), removed(':joy:', 'a')], {}],
    [
      'that were not there may be removed',
      [added(':joy:', 'a'), removed(':+1:', 'z'), removed(':joy:', 'z')],
      { ':joy:': 1 },
    ],
    ['to a message that is not loaded are not kept', [added(':joy:', 'a', 'm77')], {}],
  ])('%s', (_, events, counts) => {
    const controller = open();
    for (const [event, data] of events) onEvent(controller, { event, channel, data });
    const [first] = shown(controller);
    const data = first?.reactions?.data ?? {};
    expect(Object.fromEntries(Object.entries(data).map(([code, list]) => [code, list.length]))).toEqual(
      counts,
    );
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    expect(first?.reacted).toBe(total > 0);
    expect(first?.reactions?.meta ?? { total: 0, total_unique: 0 }).toEqual({
      total,
      total_unique: Object.keys(counts).length,
    });
  });
});

describe('a knock', () => {
  const knock = (id: string): EventData['knock.knock'] => ({
    thread: { id, type: 2, type_verbose: 'GROUP', group: true },
    sender: grace,
  });

  test('at the open group is a note, at another one a toast', () => {
    const controller = open();
    tell(controller, 'knock.knock', knock('ops'));
    expect(controller.state.conversation.entries.at(-1)).toMatchObject({
      kind: 'note',
      text: 'Grace knocks',
    });
    tell(controller, 'knock.knock', knock('general'));
    expect(controller.state.toasts.map(({ text }) => text)).toEqual(['Grace knocks']);
  });
});

test.each([
  [true, ['\u0007', '\u0007']],
  [false, []],
])('a knock here and elsewhere rings the bell if it is on: %s', (bell, expected) => {
  const { controller, written } = openController(atOps(talk, { bell }));
  for (const id of ['ops', 'general'])
    tell(controller, 'knock.knock', {
      thread: { id, type: 2, type_verbose: 'GROUP', group: true, name: id },
      sender: grace,
    });
  expect(written).toEqual(expected);
  expect(controller.state.toasts.map(({ text }) => text)).toEqual(['Grace knocks in #general']);
});

describe('who types', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const whisper = (event: 'client-typing' | 'client-stop-typing', id: string, controller: Controller) =>
    tell(controller, event, { provider_id: id, provider_alias: 'user', name: id });
  const typists = ({ state }: Controller) => state.typists.map(({ id, threadId }) => `${id} in ${threadId}`);

  test('is shown until they stop; we ourselves are not', () => {
    const controller = open();
    whisper('client-typing', 'ada', controller);
    whisper('client-typing', 'grace', controller);
    expect(typists(controller)).toEqual(['grace in ops']);
    whisper('client-stop-typing', 'grace', controller);
    expect(typists(controller)).toEqual([]);
  });

  test('is forgotten after eight seconds without another word of it', () => {
    const controller = open();
    whisper('client-typing', 'grace', controller);
    vi.advanceTimersByTime(7_000);
    whisper('client-typing', 'grace', controller);
    vi.advanceTimersByTime(7_999);
    expect(typists(controller)).toEqual(['grace in ops']);
    vi.advanceTimersByTime(1);
    expect(typists(controller)).toEqual([]);
  });

  test('types no longer once their message is here', () => {
    const controller = open({
      conversation: { ...atOps(talk).conversation, anchor: { entryId: 'm1', below: 0 } },
    });
    whisper('client-typing', 'grace', controller);
    tell(controller, 'new.message', message(3, 'three', { owner: grace }));
    expect(typists(controller)).toEqual([]);
  });
});

describe('what a message loads again', () => {
  const listing = { data: [] };
  const people = 'GET threads/ops/participants';
  const groups = 'GET threads';
  const read = 'GET threads/ops/mark-read';
  const bots = 'GET threads/ops/bots';
  const verdicts = 'GET threads/ops/messages/m1/verdicts';

  test.each<[string, Partial<MessageJson>, Partial<State['conversation']>, string[]]>([
    ['of another person is that it is read', { owner: grace }, {}, [read]],
    ['of our own is nothing', {}, {}, []],
    [
      'while an earlier one is read is nothing',
      { owner: grace },
      { anchor: { entryId: 'm1', below: 0 } },
      [],
    ],
    [
      'of the system is the people and the groups',
      { system_message: true, type: 99 },
      {},
      [read, people, groups],
    ],
    [
      'of the system about bots is the bots, too',
      { system_message: true, type: 100 },
      {},
      [read, people, groups, bots],
    ],
    [
      'of a bot is how the selected one was answered',
      { owner: helloBot, from_bot: true },
      { selected: 'm1' },
      [read, verdicts],
    ],
    ['of another group is the list of groups', { thread_id: 'two', owner: grace }, {}, [groups]],
  ])('%s', async (_, fields, conversation, expected) => {
    const api = await FakeApi.open({ [groups]: listing, [people]: listing, [read]: {}, [bots]: [] });
    const state = atOps(talk, { conversation: { ...atOps(talk).conversation, ...conversation } });
    const { controller } = openController(state, api);
    const attempts = vi.spyOn(controller, 'attempt');
    tell(controller, 'new.message', message(3, 'three', fields));
    expect(attempts).toHaveBeenCalledTimes(expected.length);
    await expect.poll(() => api.asked).toEqual(expect.arrayContaining(expected));
  });
});

test.each(['thread.avatar', 'constructor', 'nothing.known'])('the event "%s" is not shown', (event) => {
  const controller = open();
  const before = controller.state;
  onEvent(controller, { event, channel, data: {} });
  expect(controller.state).toBe(before);
});

test('two notes of the same text and moment are two', () => {
  const controller = open();
  addNote(controller, 'again', 'bad');
  addNote(controller, 'again', 'bad');
  expect(controller.state.conversation.entries).toHaveLength(talk.length + 2);
});
