import { describe, expect, test } from 'vitest';
import { type Editor, editorOf, insert, textOf, undo } from '../../../src/tui/state/editor.ts';
import { recall } from '../../../src/tui/state/recall.ts';
import type { State } from '../../../src/tui/state/state.ts';
import {
  afterSending,
  begin,
  beginReply,
  blank,
  clearPrompt,
  giveUp,
  restore,
  switchPlace,
  unsentOf,
} from '../../../src/tui/state/unsent.ts';
import { undoWritten } from '../../../src/tui/state/written.ts';
import { atOps } from '../../support/tui.tsx';

const draft = (kind: 'reply' | 'edit', messageId: string) => ({ kind, messageId, about: '' });
const editing = (id: string) => (state: State) => begin(state, `text of ${id}`, draft('edit', id));
const replying = (id: string) => (state: State) => beginReply(state, draft('reply', id));
const reacting = (state: State) => begin(state, '/react ');
const typing = (text: string) => (state: State) => ({ ...state, editor: insert(state.editor, text) });
const undoing = (state: State) => undoWritten(state, undo);
const to =
  (threadId: string, me = 'ada') =>
  (state: State) =>
    switchPlace(state, { threadId, me });

/** What the prompt is after some steps: what its text is for, and the text. */
function promptAfter(...steps: Array<(state: State) => State>): string {
  const state = steps.reduce((now, step) => step(now), atOps([], { histories: { ada: ['said'] } }));
  const about = state.draft ? `${state.draft.kind} ${state.draft.messageId}: ` : '';
  return about + textOf(state.editor);
}

describe('what was being written', () => {
  test.each<[string, Array<(state: State) => State>, string]>([
    ['is out of the way of an edit', [typing('half'), editing('m1')], 'edit m1: text of m1'],
    ['comes back after it', [typing('half'), editing('m1'), giveUp], 'half'],
    ['is nothing after an edit of an empty prompt', [editing('m1'), giveUp], ''],
    ['comes back after a reaction', [typing('half'), reacting, giveUp], 'half'],
    ['comes back with its reply', [replying('m1'), typing('half'), editing('m2'), giveUp], 'reply m1: half'],
    ['becomes a reply', [typing('half'), replying('m1')], 'reply m1: half'],
    ['as a reply is without the text of an edit', [editing('m1'), replying('m2')], 'reply m2: '],
    [
      'comes back into a reply that follows an edit',
      [typing('half'), editing('m1'), replying('m2')],
      'reply m2: half',
    ],
    [
      'may be an edit that was changed',
      [editing('m1'), typing('!'), editing('m2'), giveUp],
      'edit m1: text of m1!',
    ],
    ['is no edit that was not changed', [typing('half'), editing('m1'), editing('m2'), giveUp], 'half'],
    ['may be an earlier input', [(state) => recall(state, 1), editing('m1'), giveUp], 'said'],
  ])('%s', (_, steps, expected) => {
    expect(promptAfter(...steps)).toBe(expected);
  });
});

describe('undo', () => {
  test.each<[string, Array<(state: State) => State>, string]>([
    ['brings back a cleared text', [typing('half'), clearPrompt, undoing], 'half'],
    [
      'brings back a changed edit, as an edit',
      [typing('half'), editing('m1'), typing('!'), giveUp, undoing],
      'edit m1: text of m1!',
    ],
    [
      'which can be given up again',
      [typing('half'), editing('m1'), typing('!'), giveUp, undoing, giveUp],
      'half',
    ],
    [
      'takes back first what was typed since',
      [editing('m1'), typing('!'), giveUp, typing('x'), undoing, undoing],
      'edit m1: text of m1!',
    ],
    ['of an edit that was not changed is none', [typing('half'), editing('m1'), giveUp, undoing], ''],
  ])('%s', (_, steps, expected) => {
    expect(promptAfter(...steps)).toBe(expected);
  });
});

describe('each group and each speaker', () => {
  test.each<[string, Array<(state: State) => State>, string]>([
    ['has a text of its own', [typing('half'), to('other')], ''],
    ['has it again later', [typing('half'), to('other'), typing('more'), to('ops')], 'half'],
    [
      'has it with what it is for',
      [replying('m1'), typing('half'), to('other'), to('ops')],
      'reply m1: half',
    ],
    ['has it with what was set aside', [typing('half'), editing('m1'), to('other'), to('ops')], 'half'],
    ['is another for another speaker', [typing('half'), to('ops', 'grace')], ''],
    [
      'is the same after another speaker',
      [typing('half'), to('ops', 'grace'), to('other'), to('other', 'ada'), to('ops')],
      'half',
    ],
    ['keeps nothing of an untouched edit', [editing('m1'), to('other'), to('ops')], ''],
  ])('%s', (_, steps, expected) => {
    expect(promptAfter(...steps)).toBe(expected);
  });

  test('gets what was typed before any group was open', () => {
    const early = typing('early')({ ...atOps([]), me: null, threadId: null });
    expect(textOf(switchPlace(early, { me: 'ada', threadId: 'ops' }).editor)).toBe('early');
  });

  test('gets what was typed behind the command that opens it, before what was there', () => {
    const ops = typing('ahead')({ ...to('ops')(typing('there')(to('other')(atOps([])))), running: [] });
    expect(textOf(to('other')(ops).editor)).toBe('ahead');
    expect(textOf(giveUp(to('other')(ops)).editor)).toBe('there');
  });

  test('keeps the cursor, and nothing is changed by going where one is', () => {
    const editor: Editor = { ...editorOf('half'), cursor: 2 };
    const state = atOps([], { editor });
    expect(to('ops')(to('other')(state)).editor.cursor).toBe(2);
    expect(to('ops')(state)).toBe(state);
  });

  test('leaves the notices about the one before', () => {
    const state = atOps([], { toasts: [{ id: 1, text: 'x', tone: 'bad' }] });
    expect(to('other')(state).toasts).toEqual([]);
  });
});

describe('after sending', () => {
  const sent = (isCommand: boolean, ...steps: Array<(state: State) => State>) =>
    promptAfter(...steps, (state) => ({ ...state, ...afterSending(state, isCommand) }));

  test.each<[string, boolean, Array<(state: State) => State>, string]>([
    ['a message there is nothing', false, [typing('hello')], ''],
    ['an edit there is what was set aside', false, [typing('half'), editing('m1')], 'half'],
    ['a reaction too', true, [typing('half'), reacting, typing('x')], 'half'],
    ['a command the reply is still one', true, [replying('m1'), typing('/help')], 'reply m1: '],
  ])('%s', (_, isCommand, steps, expected) => {
    expect(sent(isCommand, ...steps)).toBe(expected);
  });

  test('an earlier input, undo brings back what was being written', () => {
    const send = (state: State) => ({ ...state, ...afterSending(state, false) });
    const steps = [typing('half'), (state: State) => recall(state, 1), send];
    expect([promptAfter(...steps), promptAfter(...steps, undoing)]).toEqual(['', 'half']);
  });
});

describe('a text that could not be sent', () => {
  const failed = { ...blank, editor: editorOf('failed') };
  const ops = { me: 'ada', threadId: 'ops' };
  const texts = (state: State) => {
    const found: string[] = [];
    for (let now = unsentOf(state); ; now = now.aside) {
      found.push(textOf(now.editor));
      if (now.aside === null) return found;
    }
  };

  test.each<[string, Array<(state: State) => State>, string[]]>([
    ['is there again', [], ['failed']],
    ['comes after what was typed since', [typing('new')], ['new', 'failed']],
  ])('%s', (_, steps, expected) => {
    const state = steps.reduce((now, step) => step(now), atOps([]));
    expect(texts(restore(state, ops, failed, null))).toEqual(expected);
  });

  test('is before what came back when it was sent', () => {
    const left = typing('half')(atOps([]));
    expect(texts(restore(left, ops, failed, unsentOf(left)))).toEqual(['failed', 'half']);
  });

  test('is in the group where it was written', () => {
    const elsewhere = to('other')(atOps([]));
    const state = restore(elsewhere, ops, failed, null);
    expect([textOf(state.editor), textOf(to('ops')(state).editor)]).toEqual(['', 'failed']);
  });
});
