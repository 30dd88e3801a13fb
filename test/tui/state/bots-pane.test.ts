import { describe, expect, test } from 'vitest';
import type { ShownBotJson } from '../../../src/client/index.ts';
import { chosenItem, moveBotCursor, toggleDetails } from '../../../src/tui/state/bots-pane.ts';
import { initialState, type State } from '../../../src/tui/state/state.ts';
import { botContents } from '../../../src/tui/view/bot-lines.ts';
import { topOf } from '../../../src/tui/view/side-lines.ts';
import { bot } from '../../support/tui.tsx';
import { action, textsOf } from '../../support/tui-data.ts';

const one = bot({
  id: 'one',
  name: 'One',
  actions: [
    { ...action('a'), id: '1' },
    { ...action('b'), id: '2' },
  ],
});
const two = bot({ id: 'two', name: 'Two', actions: [{ ...action('c'), id: '3' }] });
const at = (cursor: string, bots: ShownBotJson[] = [one, two], place = 0): State => ({
  ...initialState,
  pane: 'inspector',
  bots,
  botsPane: { cursor, place, open: null },
});
const chosen = (state: State) => chosenItem(state)?.id;

describe('the cursor of the bots pane', () => {
  test.each([
    ['begins at the first bot', initialState.botsPane.cursor ?? 'none', 0, 'one'],
    ['goes from a bot to its first action', 'one', 1, '1'],
    ['goes from the last action to the next bot', '2', 1, 'two'],
    ['goes back', 'two', -1, '2'],
    ['stops at the end', '3', 5, '3'],
    ['stops at the start', '1', Number.NEGATIVE_INFINITY, 'one'],
  ])('%s', (_, cursor, by, expected) => {
    expect(chosen(moveBotCursor(at(cursor), by))).toBe(expected);
  });

  test('stays on its action when another is attached before it', () => {
    expect(chosen(at('3', [bot({ id: 'new' }), one, two]))).toBe('3');
  });

  test('is on what comes into its place when its action is gone', () => {
    const moved = moveBotCursor(at('one'), 1);
    const rest = bot({ id: 'one', actions: [{ ...action('b'), id: '2' }] });
    expect(chosen({ ...moved, bots: [rest, two] })).toBe('2');
    expect(chosen({ ...moved, bots: [] })).toBeUndefined();
  });
});

describe('the rows of the bots pane', () => {
  const rows = (state: State) => textsOf(botContents(state, 40).all);

  test('mark what the cursor is on while the pane has the keys', () => {
    expect(rows(at('2'))).toContain('▸ b');
    expect(rows({ ...at('2'), pane: 'input' })).toContain('  b');
  });

  test('have the details of an action, and lose them again', () => {
    const open = toggleDetails(at('2'));
    expect(rows(open).join('\n')).toMatch(
      /▸ b\n.*id: 2\n.*cooldown: none\n.*for admins only: no\n.*parameters/s,
    );
    expect(rows(toggleDetails(open))).toEqual(rows(at('2')));
  });

  test.each([
    ['the cursor is seen where it is', { from: 2, to: 4 }, 0, 10, 0],
    ['it is scrolled into sight', { from: 20, to: 24 }, 0, 10, 14],
    ['from below too', { from: 2, to: 4 }, 20, 10, 2],
    ['what is longer than the pane can be scrolled', { from: 5, to: 25 }, 9, 10, 9],
    ['but not out of sight', { from: 5, to: 25 }, 30, 10, 15],
  ])('%s', (_, focus, wanted, height, top) => {
    const all = Array.from({ length: 40 }, () => []);
    expect(topOf({ title: '', all, focus }, wanted, height)).toBe(top);
  });
});
