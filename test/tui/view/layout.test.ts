import { describe, expect, test } from 'vitest';
import { editorOf } from '../../../src/tui/state/editor.ts';
import type { Overlay } from '../../../src/tui/state/overlay.ts';
import type { State } from '../../../src/tui/state/state.ts';
import { layoutOf } from '../../../src/tui/view/layout.ts';
import { conversationPane, sheetSize } from '../../../src/tui/view/sizes.ts';
import { atOps, messages, show } from '../../support/tui.tsx';

const help: Overlay = { kind: 'help', top: 0 };

const at = (columns: number, rows: number, fields: Partial<State> = {}): State => ({
  ...atOps([], fields),
  size: { columns, rows },
});

/** Each area as `left,top widthxheight`. */
const placesOf = (state: State) =>
  [...layoutOf(state)].map(
    ([name, { left, top, width, height }]) => `${name} ${left},${top} ${width}x${height}`,
  );

describe('where everything stands', () => {
  test.each<[number, number, Partial<State>, string[]]>([
    [
      200,
      60,
      {},
      ['threads 0,0 28x56', 'conversation 29,0 114x56', 'inspector 144,0 56x56', 'input 0,57 200x1'],
    ],
    [80, 24, {}, ['threads 0,0 24x20', 'conversation 25,0 55x20', 'input 0,21 80x1']],
    [40, 12, {}, ['conversation 0,0 40x8', 'input 0,9 40x1']],
    [
      80,
      24,
      { editor: editorOf('a\nb') },
      ['threads 0,0 24x19', 'conversation 25,0 55x19', 'input 0,20 80x2'],
    ],
    [
      200,
      60,
      { overlay: help },
      ['threads 0,0 28x56', 'conversation 29,0 86x56', 'panel 116,0 84x56', 'input 0,57 200x1'],
    ],
    [120, 30, { overlay: help }, ['conversation 0,0 58x26', 'panel 59,0 61x26', 'input 0,27 120x1']],
    [100, 30, { overlay: help }, ['conversation 0,0 48x26', 'panel 49,0 51x26', 'input 0,27 100x1']],
    [99, 30, { overlay: help }, ['panel 0,0 99x26', 'input 0,27 99x1']],
  ])('in %i × %i with %j', (columns, rows, fields, places) => {
    expect(placesOf(at(columns, rows, fields))).toEqual(places);
  });

  test('what is shown in a panel and in the conversation beside it has the size that it seems to have', () => {
    const state = at(120, 30, { overlay: help });
    expect([sheetSize(state), conversationPane(state).width]).toEqual([{ width: 57, height: 24 }, 58]);
  });
});

describe('a panel', () => {
  test.each([
    [120, true],
    [100, true],
    [99, false],
  ])('in %i columns leaves the conversation in sight: %j', async (columns, isSeen) => {
    const view = show(atOps(messages(3), { overlay: help }), columns, 30);
    const frame = await view.until('▸ Help');
    expect(frame.includes('line 3')).toBe(isSeen);
  });
});
