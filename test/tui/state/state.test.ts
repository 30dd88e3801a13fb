import { describe, expect, test } from 'vitest';
import {
  initialState,
  myself,
  openThread,
  type State,
  type Toast,
  withInput,
  withoutToast,
  withToast,
  withTypist,
} from '../../../src/tui/state/state.ts';
import { atOps, thread } from '../../support/tui.tsx';

describe('who speaks where', () => {
  test.each<[string, Partial<State>, string | undefined, string | undefined]>([
    ['at the start is nobody, nowhere', { me: null, threadId: null }, undefined, undefined],
    ['is the person and the group of these ids', {}, 'Ada', 'ops'],
    ['is nobody who has not logged in here', { me: 'grace' }, undefined, 'ops'],
    ['is no group that is not listed', { threadId: 'gone' }, 'Ada', undefined],
  ])('%s', (_, fields, name, group) => {
    const state = atOps([], fields);
    expect([myself(state)?.name, openThread(state)?.name]).toEqual([name, group]);
  });

  test('is found among several', () => {
    const people = [
      { id: 'grace', name: 'Grace' },
      { id: 'ada', name: 'Ada' },
    ];
    const state = atOps([], { people, threads: [thread('general'), thread('ops')] });
    expect([myself(state)?.name, openThread(state)?.name]).toEqual(['Ada', 'ops']);
  });
});

describe('what is kept of the past', () => {
  test('of toasts are the last three, until their time is over', () => {
    const toast = (id: number): Toast => ({ id, text: `${id}`, tone: 'plain' });
    const shown = [1, 2, 3, 4].reduce((state, id) => withToast(state, toast(id)), initialState);
    const ids = ({ toasts }: State) => toasts.map(({ id }) => id);
    expect(ids(shown)).toEqual([2, 3, 4]);
    expect(ids(withoutToast(shown, 3))).toEqual([2, 4]);
    expect(ids(withoutToast(shown, 1))).toEqual([2, 3, 4]);
  });
});

describe('who types', () => {
  const typing = (threadId: string, id: string, name = id) => ({ threadId, id, name });
  const shown = ({ typists }: State) => typists.map(({ threadId, name }) => `${name} in ${threadId}`);
  const state = [typing('ops', 'grace'), typing('general', 'grace')].reduce(
    (now, typist) => withTypist(now, typist, true),
    initialState,
  );

  test.each([
    [
      'may type in two groups at once',
      typing('ops', 'bob'),
      true,
      ['grace in ops', 'grace in general', 'bob in ops'],
    ],
    [
      'is there once, and last, with the newest name',
      typing('ops', 'grace', 'G'),
      true,
      ['grace in general', 'G in ops'],
    ],
    ['stops in one group only', typing('ops', 'grace'), false, ['grace in general']],
    ['may stop without having begun', typing('ops', 'bob'), false, ['grace in ops', 'grace in general']],
  ])('%s', (_, typist, types, expected) => {
    expect(shown(withTypist(state, typist, types))).toEqual(expected);
  });
});

describe('what was said before', () => {
  const said = (state: State, ...texts: string[]) => texts.reduce(withInput, state);

  test.each([
    ['has texts in their order', ['one', 'two'], ['one', 'two']],
    ['has repetitions in a row once', ['one', 'one', 'two', 'one'], ['one', 'two', 'one']],
    ['tells texts apart that differ in a blank', ['one', 'one '], ['one', 'one ']],
  ])('%s', (_, texts, expected) => {
    expect(said(atOps([]), ...texts).histories).toEqual({ ada: expected });
  });

  test('is kept for each person alone', () => {
    const grace = said({ ...said(atOps([]), 'one'), me: 'grace' }, 'two');
    expect(grace.histories).toEqual({ ada: ['one'], grace: ['two'] });
  });

  test('has the last 200 texts', () => {
    const texts = Array.from({ length: 201 }, (_, place) => `text ${place}`);
    const history = said(atOps([]), ...texts).histories.ada ?? [];
    expect([history.length, history[0], history.at(-1)]).toEqual([200, 'text 1', 'text 200']);
  });

  test('is nothing while nobody speaks', () => {
    expect(said(initialState, 'one')).toBe(initialState);
  });
});
