import { describe, expect, test } from 'vitest';
import type { ListedThreadJson } from '../../../src/client/index.ts';
import type { State } from '../../../src/tui/state/state.ts';
import { lineText, lineWidth } from '../../../src/tui/text/line.ts';
import { threadLines } from '../../../src/tui/view/thread-lines.ts';
import { atOps, bot, thread } from '../../support/tui.tsx';
import { textsOf } from '../../support/tui-data.ts';

const listing = (threads: readonly ListedThreadJson[], fields: Partial<State> = {}) =>
  atOps([], { threads, ...fields });

/** The row of one group that is not open. */
const rowOf = (name: string, fields: Partial<ListedThreadJson> = {}, width = 24) =>
  lineText(threadLines(listing([thread(name, fields)], { threadId: null }), width, 5)[0] ?? []);

const types = (threadId: string) => ({ threadId, id: 'hello', name: 'HelloBot' });

describe('a row', () => {
  test.each<[string, string, Partial<ListedThreadJson>, string]>([
    ['of a group', 'ops', {}, '  #ops                  '],
    ['of a private conversation', 'Grace', { group: false }, '  @Grace                '],
    ['with unread messages', 'ops', { unread: true, unread_count: 3 }, '  #ops                 3'],
    ['with unread messages that are not counted', 'ops', { unread: true }, '  #ops                 •'],
    ['with messages that were read', 'ops', { unread_count: 3 }, '  #ops                  '],
    ['with control characters', 'o\u001bp\ns', {}, '  #o\\x1bp s             '],
    [
      'of a long name keeps the count',
      'n'.repeat(40),
      { unread: true, unread_count: 1_000 },
      '  #nnnnnnnnnnnnnnn… 1000',
    ],
    ['of a long wide name', '李'.repeat(20), { unread: true, unread_count: 1 }, '  #李李李李李李李李李… 1'],
  ])('%s', (_, name, fields, text) => {
    expect(rowOf(name, fields)).toBe(text);
  });

  test('of the open group has its bots, and no count of unread messages', () => {
    const open = thread('ops', { unread: true, unread_count: 3 });
    const rows = textsOf(threadLines(listing([open], { bots: [bot(), bot({ id: '2' })] }), 24, 5));
    expect(rows).toEqual(['▸ #ops               ◆2 ']);
  });

  test('says who types there', () => {
    const state = listing([thread('ops'), thread('general')], { typists: [types('general')] });
    expect(textsOf(threadLines(state, 24, 5))).toEqual([
      '▸ #ops                  ',
      '  #general            … ',
    ]);
  });

  test('is as wide as the pane, whatever is in it', () => {
    const state = listing([thread('李'.repeat(20), { unread: true, unread_count: 7 })], {
      typists: [types('李'.repeat(20))],
    });
    for (let width = 10; width < 40; width++)
      expect(threadLines(state, width, 5).map(lineWidth)).toEqual([width]);
  });
});

describe('the style of a name', () => {
  test.each<[string, Partial<ListedThreadJson>, Partial<State>, string]>([
    ['is plain', {}, { threadId: null }, 'plain'],
    ['is strong for the open group', {}, {}, 'strong'],
    ['is that of unread messages', { unread: true }, { threadId: null }, 'unread'],
    ['is that of the cursor, above all', { unread: true }, { pane: 'threads' }, 'chosen'],
    ['is not that of the cursor without the focus', {}, { pane: 'input', threadId: null }, 'plain'],
  ])('%s', (_, fields, state, style) => {
    const [row] = threadLines(listing([thread('ops', fields)], state), 24, 5);
    expect(row?.[1]?.style).toBe(style);
  });
});

describe('a list that is longer than the pane', () => {
  const names = Array.from({ length: 10 }, (_, place) => thread(`g${place}`));

  test.each([
    ['g0', ['g0', 'g1', 'g2', 'g3', '↓ 6 more']],
    ['g4', ['↑ 3 more', 'g3', 'g4', 'g5', '↓ 4 more']],
    ['g9', ['↑ 6 more', 'g6', 'g7', 'g8', 'g9']],
  ])('shows the group under the cursor %s, and how many there are above and below', (threadCursor, shown) => {
    const rows = textsOf(threadLines(listing(names, { pane: 'threads', threadCursor }), 24, 5));
    expect(rows.map((row) => row.trim().replace('#', ''))).toEqual(shown);
  });

  test('counts the groups that are not loaded yet', () => {
    const state = listing(names, { threadPages: { next: '/more', total: 5_000 } });
    expect(textsOf(threadLines(state, 24, 5)).at(-1)).toBe('  ↓ 4996 more');
  });

  test('may be empty', () => {
    expect(threadLines(listing([]), 24, 3)).toEqual([]);
  });
});
