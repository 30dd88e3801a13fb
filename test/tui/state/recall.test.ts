import { describe, expect, test } from 'vitest';
import { editorOf, insert, textOf } from '../../../src/tui/state/editor.ts';
import {
  beginSearch,
  changeQuery,
  endSearch,
  foundText,
  goDown,
  goUp,
  recall,
  searchOn,
  takeFound,
} from '../../../src/tui/state/recall.ts';
import type { State } from '../../../src/tui/state/state.ts';
import { atOps } from '../../support/tui.tsx';

const histories = { ada: ['one', 'two', 'three'], grace: ['hers'] };
const written = (text: string, fields: Partial<State> = {}) =>
  atOps([], { histories, editor: editorOf(text), ...fields });
const type = (state: State, text: string): State => ({ ...state, editor: insert(state.editor, text) });
const text = ({ editor }: State) => textOf(editor);

describe('the history', () => {
  test.each<[string, number[], string]>([
    ['one step back is the newest text', [1], 'three'],
    ['three steps back are the oldest', [1, 1, 1], 'one'],
    ['there is nothing before the oldest', [1, 1, 1, 1, 1], 'one'],
    ['a step forward is a newer text', [1, 1, -1], 'three'],
    ['the step after the newest is what was being written', [1, -1], 'draft'],
    ['a step forward from what is being written changes nothing', [-1], 'draft'],
  ])('%s', (_, steps, expected) => {
    expect(text(steps.reduce(recall, written('draft')))).toBe(expected);
  });

  test.each([
    ['grace', 'hers'],
    ['bob', 'draft'],
    [null, 'draft'],
  ])('%s has one of their own', (me, expected) => {
    expect(text(recall(written('draft', { me }), 1))).toBe(expected);
  });

  test('keeps what is changed in it, and the cursor of what was being written', () => {
    const start = written('draft', { editor: { ...editorOf('draft'), cursor: 2 } });
    const changed = type(recall(start, 1), '!');
    expect(text(recall(recall(changed, 1), -1))).toBe('three!');
    const back = recall(changed, -1);
    expect([text(back), back.editor.cursor]).toEqual(['draft', 2]);
    expect(text(recall(back, 1))).toBe('three!');
  });

  test('is reached with ↑ from the first line, and left with ↓ from the last', () => {
    const states = [written('a\nb')];
    for (const step of [goUp, goUp, goDown, goDown, goDown]) states.push(step(states.at(-1) ?? written('')));
    expect(states.map((state) => [text(state), state.editor.cursor])).toEqual([
      ['a\nb', 3],
      ['a\nb', 1],
      ['three', 5],
      ['a\nb', 1],
      ['a\nb', 3],
      ['a\nb', 3],
    ]);
  });
});

describe('a search in the history', () => {
  const found = (query: string, ...steps: Array<1 | -1>) => {
    const searched = changeQuery(beginSearch(written('draft')), editorOf(query));
    return steps.reduce(searchOn, searched);
  };

  test.each<[string, Array<1 | -1>, string, boolean]>([
    ['', [], 'draft', false],
    ['', [1], 'three', false],
    ['o', [], 'two', false],
    ['O', [1], 'one', false],
    ['o', [1, 1], 'one', true],
    ['o', [1, -1], 'two', false],
    ['zz', [], 'draft', true],
  ])('for "%s", then %j, shows %s', (query, steps, shown, failed) => {
    const state = found(query, ...steps);
    expect([foundText(state), state.search?.failed]).toEqual([shown, failed]);
  });

  test('goes on from what is shown while the query grows', () => {
    expect(foundText(changeQuery(found('o', 1), editorOf('on')))).toBe('one');
  });

  test('shows the same text once', () => {
    const twice = written('', { histories: { ada: ['b', 'a', 'b', 'b'] } });
    const first = searchOn(beginSearch(twice), 1);
    expect([foundText(first), foundText(searchOn(first, 1))]).toEqual(['b', 'a']);
  });

  test('that is taken is a place in the history; ↓ comes back to what was being written', () => {
    const taken = takeFound(found('tw'));
    expect([text(taken), taken.search, text(recall(recall(taken, -1), -1))]).toEqual(['two', null, 'draft']);
  });

  test('that is left changes nothing', () => {
    expect(endSearch(found('tw'))).toEqual(written('draft'));
    expect(takeFound(found('zz')).editor).toEqual(written('draft').editor);
  });

  test('of nothing does not begin', () => {
    expect(beginSearch(atOps([])).search).toBeNull();
  });
});
