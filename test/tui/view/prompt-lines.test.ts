import { describe, expect, test } from 'vitest';
import { type Editor, editorOf, move } from '../../../src/tui/state/editor.ts';
import type { State } from '../../../src/tui/state/state.ts';
import { type Line, lineWidth } from '../../../src/tui/text/line.ts';
import { editorLines } from '../../../src/tui/view/editor-lines.ts';
import { promptRowsOf } from '../../../src/tui/view/prompt-lines.ts';
import { atOps } from '../../support/tui.tsx';

/** A text with the cursor where `|` is. */
function written(text: string): Editor {
  const [before = '', after = ''] = text.split('|');
  return { ...editorOf(before + after), cursor: editorOf(before).cursor };
}

/** A line with its inverted character in brackets. */
const marked = (spans: Line): string =>
  spans.map(({ text, style }) => (style === 'cursor' ? `[${text}]` : text)).join('');

const show = (text: string, height?: number) =>
  editorLines(written(text), true, height).map(({ spans }) => marked(spans));

describe('the lines of a text', () => {
  test.each([
    ['|', ['[ ]']],
    ['abc|', ['abc[ ]']],
    ['a|bc', ['a[b]c']],
    ['|one\ntwo', ['[o]ne', 'two']],
    ['one|\ntwo', ['one[ ]', 'two']],
    ['one\n|two', ['one', '[t]wo']],
    ['one\n|', ['one', '[ ]']],
    ['\n|\n', ['', '[ ]', '']],
    ['你|好', ['你[好]']],
    ['|👩‍👩‍👧‍👦!', ['[👩‍👩‍👧‍👦]!']],
    ['a|\u001bb', ['a[\\x1b]b']],
    ['a|\tb', ['a[    ]b']],
  ])('%j are %j', (text, lines) => {
    expect(show(text)).toEqual(lines);
  });

  test.each([
    ['|1\n2\n3\n4', 2, ['[1]', '2']],
    ['1\n|2\n3\n4', 2, ['1', '[2]']],
    ['1\n2\n|3\n4', 2, ['2', '[3]']],
    ['1\n2\n3\n4|', 2, ['3', '4[ ]']],
    ['1\n2|', 5, ['1', '2[ ]']],
  ])('of %j in %i rows are those around the cursor: %j', (text, height, lines) => {
    expect(show(text, height)).toEqual(lines);
  });

  test('have no cursor without the focus', () => {
    expect(editorLines(written('a|b\nc'), false).map(({ spans }) => marked(spans))).toEqual(['ab', 'c']);
  });

  test('count the columns before the cursor, not the characters', () => {
    const columns = ['ab|', '你好|', '\t|', '\u001b|', 'e\u0301|'].map(
      (text) => editorLines(written(text), true)[0]?.cursorAt,
    );
    expect(columns).toEqual([2, 4, 4, 4, 1]);
  });
});

describe('the prompt', () => {
  const rowsOf = (text: string, width = 40, height = 5, fields: Partial<State> = {}) =>
    promptRowsOf(atOps([], { editor: written(text), ...fields }), width, height);
  const prompt = (...given: Parameters<typeof rowsOf>) => rowsOf(...given).map(marked);

  test('begins with who speaks where; more lines are indented to match', () => {
    expect(prompt('one\ntwo|', 60)).toEqual(['Ada (admin) → #ops › one', '                     two[ ]']);
  });

  test('has no cursor while a pane or an overlay has the keys', () => {
    expect(prompt('one|', 60, 5, { pane: 'threads' })).toEqual(['Ada (admin) → #ops › one']);
    expect(prompt('one|', 60, 5, { overlay: { kind: 'help', top: 0 } })).toEqual([
      'Ada (admin) → #ops › one',
    ]);
  });

  test('gives at most half of a narrow window to its start', () => {
    expect(prompt('hi|', 40)).toEqual(['Ada (admin) → #ops …hi[ ]']);
  });

  test.each([
    ['its beginning', `|${'x'.repeat(50)}`, `[x]${'x'.repeat(17)}…`],
    ['its middle', `${'x'.repeat(30)}|y${'z'.repeat(30)}`, `…${'x'.repeat(16)}[y]…`],
    ['its end', `${'x'.repeat(50)}end|`, `…${'x'.repeat(13)}end[ ]`],
    ['a wide character', `${'x'.repeat(50)}|你z`, `…${'x'.repeat(16)}[你]`],
  ])('shows of a long line with the cursor at %s what is around it', (_, text, shown) => {
    expect(prompt(text)).toEqual([`Ada (admin) → #ops …${shown}`]);
  });

  test.each([40, 41, 42])(
    'of %i columns shows the cursor wherever it is moved in a line of wide and narrow characters',
    (width) => {
      const end = editorOf('a你b好👋c'.repeat(9));
      for (let left = 0; left <= end.characters.length; left++) {
        const editor = move(end, -left);
        const [row = []] = promptRowsOf(atOps([], { editor }), width, 5);
        const chosen = row.filter(({ style }) => style === 'cursor').map(({ text }) => text);
        expect([left, ...chosen]).toEqual([left, editor.characters[editor.cursor] ?? ' ']);
        expect(lineWidth(row)).toBeLessThanOrEqual(width);
      }
    },
  );
});
