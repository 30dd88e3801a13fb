import { describe, expect, test } from 'vitest';
import { editorOf } from '../../../src/tui/state/editor.ts';
import type { Pane } from '../../../src/tui/state/state.ts';
import {
  conversationPane,
  isTooSmall,
  paneRows,
  promptLines,
  promptRows,
  widths,
} from '../../../src/tui/view/sizes.ts';
import { atOps } from '../../support/tui.tsx';

test.each([
  [40, 8, false],
  [39, 8, true],
  [40, 7, true],
  [0, 0, true],
])('%i × %i is too small: %j', (columns, rows, expected) => {
  expect(isTooSmall({ columns, rows })).toBe(expected);
});

describe('the widths of groups, conversation and inspector', () => {
  test.each<[number, Pane, boolean, number[]]>([
    // Three panes, with two dividers.
    [120, 'input', false, [28, 54, 36]],
    [120, 'inspector', true, [28, 54, 36]],
    [186, 'input', false, [28, 101, 55]],
    [400, 'input', false, [28, 314, 56]],
    // Two panes, with one divider.
    [119, 'input', false, [24, 94, 0]],
    [80, 'threads', false, [24, 55, 0]],
    [80, 'inspector', false, [0, 46, 33]],
    [80, 'input', true, [0, 46, 33]],
    [80, 'conversation', true, [0, 46, 33]],
    // The list has the focus, so it is shown although a message is selected.
    [80, 'threads', true, [24, 55, 0]],
    // One pane: that with the focus.
    [79, 'input', true, [0, 79, 0]],
    [79, 'conversation', false, [0, 79, 0]],
    [79, 'threads', true, [79, 0, 0]],
    [40, 'inspector', false, [0, 0, 40]],
  ])('in %i columns, focus on %s, message selected %j: %j', (columns, pane, isLooking, expected) => {
    const { threads, conversation, inspector } = widths({ columns, rows: 24 }, pane, isLooking);
    expect([threads, conversation, inspector]).toEqual(expected);
  });

  test('and the dividers fill every terminal exactly', () => {
    for (let columns = 40; columns <= 300; columns++)
      for (const pane of ['input', 'threads', 'conversation', 'inspector'] as const) {
        const shown = Object.values(widths({ columns, rows: 24 }, pane, true)).filter((width) => width > 0);
        const sum = shown.reduce((all, width) => all + width, 0);
        expect([columns, pane, sum + shown.length - 1]).toEqual([columns, pane, columns]);
      }
  });
});

describe('rows', () => {
  test.each([
    [0, 1],
    [1, 1],
    [5, 5],
    [6, 5],
    [1_000, 5],
  ])('a text of %i lines has a prompt of %i', (lines, rows) => {
    expect(promptRows(lines)).toBe(rows);
  });

  test.each([
    [24, 1, 19],
    [24, 5, 15],
    [8, 1, 3],
    // There is always a row, however small the terminal is.
    [8, 5, 1],
    [1, 1, 1],
  ])('%i rows with a prompt of %i leave %i to the panes', (rows, prompt, expected) => {
    expect(paneRows(rows, prompt)).toBe(expected);
  });

  test.each([
    ['', 1],
    ['one', 1],
    ['one\ntwo', 2],
    ['\n\n', 3],
  ])('%j has %i lines', (text, lines) => {
    expect(promptLines(editorOf(text).characters)).toBe(lines);
  });
});

describe('the pane of the conversation', () => {
  const paneOf = (columns: number, rows: number, fields = {}) =>
    conversationPane({ ...atOps([], fields), size: { columns, rows } });

  test('is what is left beside the others and above the prompt', () => {
    expect(paneOf(120, 24)).toEqual({ width: 54, height: 18, me: 'ada' });
  });

  test('shrinks with every line of the prompt, up to five', () => {
    const heights = ['', 'a\nb', 'a\nb\nc\nd\ne\nf\ng'].map(
      (text) => paneOf(80, 24, { editor: editorOf(text) }).height,
    );
    expect(heights).toEqual([18, 17, 14]);
  });

  test('has the width of the terminal while another pane hides it', () => {
    expect(paneOf(60, 24, { pane: 'threads' }).width).toBe(60);
  });
});
