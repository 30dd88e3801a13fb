import { expect, test } from 'vitest';
import { type Editor, editorOf, move } from '../../../src/tui/state/editor.ts';
import { newFinder } from '../../../src/tui/state/finder.ts';
import { beginSearch, changeQuery } from '../../../src/tui/state/recall.ts';
import type { State } from '../../../src/tui/state/state.ts';
import { cursorOf } from '../../../src/tui/view/cursor.ts';
import { atOps, show } from '../../support/tui.tsx';

const written = (editor: Editor, fields: Partial<State> = {}): State =>
  atOps([], { size: { columns: 80, rows: 24 }, editor, ...fields });

/** Rows before the prompt of one row in a terminal of 24: it stands above the status line and the free row. */
const promptRow = 21;
const lead = 'Ada (admin) → #ops › '.length;

test.each<[what: string, state: State, row: number, column: number]>([
  ['an empty prompt', written(editorOf('')), promptRow, lead],
  ['the end of the text', written(editorOf('hello')), promptRow, lead + 5],
  ['the middle of the text', written(move(editorOf('hello'), -3)), promptRow, lead + 2],
  ['behind wide characters', written(editorOf('漢字👋')), promptRow, lead + 6],
  ['the second line', written(editorOf('one\ntwo')), promptRow, lead + 3],
  ['the first of two lines', written(move(editorOf('one\ntwo'), -5)), promptRow - 1, lead + 2],
])('the cursor is in the prompt: %s', (_, state, row, column) => {
  expect(cursorOf(state)).toEqual({ row, column });
});

test('a prompt that is longer than its row has the cursor in the row', () => {
  const place = cursorOf(written(editorOf('word '.repeat(60))));
  expect(place?.row).toBe(promptRow);
  expect(place?.column).toBeLessThan(80);
});

test('no cursor where keys write no text', () => {
  expect(cursorOf(written(editorOf('hello'), { pane: 'conversation' }))).toBeNull();
  expect(cursorOf(written(editorOf('hello'), { overlay: { kind: 'help', top: 0 } }))).toBeNull();
  expect(cursorOf(written(editorOf('hello'), { size: { columns: 30, rows: 24 } }))).toBeNull();
});

test('a list has it behind what it is searched for', () => {
  const state = written(editorOf('hello'), {
    overlay: { kind: 'picker', title: 'What next?', query: editorOf('abc'), index: 0, choices: [] },
  });
  expect(cursorOf(state)).toEqual({ row: 1, column: 7 });
});

test('a search in the conversation has it behind the query, below the conversation', async () => {
  const state = written(editorOf('hello'), { size: { columns: 160, rows: 24 } });
  const searching = { ...state, finder: newFinder(state, 'el') };
  const place = cursorOf(searching);
  const before = (frame: string) => (frame.split('\n')[place?.row ?? 0] ?? '').slice(0, place?.column);
  // The first frame may have the usual width of the terminal.
  const frame = await show(searching, 160, 24).until((shown) => before(shown).endsWith('find: el'));
  expect(before(frame)).toMatch(/find: el$/);
});

test('a search in the history has it behind the query, above the prompt', () => {
  const searching = beginSearch(written(editorOf(''), { histories: { ada: ['hello'] } }));
  const state = changeQuery(searching, editorOf('el'));
  const place = cursorOf(state);
  const frame = show(state, 80, 24).frame().split('\n');
  const row = frame[place?.row ?? 0] ?? '';
  expect(row.slice(0, place?.column)).toMatch(/Search: el$/);
});
