import { describe, expect, test } from 'vitest';
import type { ListedThreadJson } from '../../../src/client/index.ts';
import type { State } from '../../../src/tui/state/state.ts';
import {
  addThreads,
  moveThreadCursor,
  needsMoreThreads,
  threadPlace,
  withNewestThreads,
  withoutThread,
} from '../../../src/tui/state/thread-list.ts';
import { atOps, pageOf, thread } from '../../support/tui.tsx';

/** Groups by name, each with the minute of its last activity: `ops 5`. */
const groups = (...texts: string[]): ListedThreadJson[] =>
  texts.map((text) => {
    const [name = '', minute = ''] = text.split(' ');
    return thread(name, { updated_at: `2026-04-26T10:${minute.padStart(2, '0')}` });
  });

const page = (next: string | null, ...texts: string[]) => ({
  data: groups(...texts),
  meta: { ...pageOf([]).meta, next_page_route: next, total: 5_000 },
});

const listing = (texts: string[], fields: Partial<State> = {}): State =>
  atOps([], { threads: groups(...texts), threadPages: { next: '/old', total: 9 }, ...fields });

const names = ({ threads }: State) => threads.map(({ name }) => name);

describe('the newest groups, read again,', () => {
  test.each<[string, string[], string[], string[]]>([
    ['keep those further down', ['a 9', 'b 8', 'c 7'], ['b 10', 'a 9'], ['b', 'a', 'c']],
    ['push the last ones down', ['a 9', 'b 8', 'c 7'], ['new 10', 'a 9'], ['new', 'a', 'b', 'c']],
    ['lack one that was archived', ['a 9', 'b 8', 'c 7', 'd 6'], ['a 9', 'c 7'], ['a', 'c', 'd']],
    ['bring one up from where nothing is loaded', ['a 9', 'b 8'], ['z 10', 'a 9'], ['z', 'a', 'b']],
    ['begin anew where they do not follow on', ['a 3', 'b 2'], ['y 10', 'z 9'], ['y', 'z']],
  ])('%s', (_, before, data, after) => {
    expect(names(withNewestThreads(listing(before), page('/new', ...data)))).toEqual(after);
  });

  test.each<[string, string[], string | null, string | null]>([
    ['where it was while groups further down are loaded', ['a 9', 'b 8', 'c 7'], '/new', '/old'],
    ['behind them while they are all that is loaded', ['a 9'], '/new', '/new'],
    ['nowhere if they are all there are', ['a 9', 'b 8', 'c 7'], null, null],
  ])('have the next page %s', (_, before, next, expected) => {
    const { threadPages } = withNewestThreads(listing(before), page(next, 'a 9', 'b 8'));
    expect(threadPages).toEqual({ next: expected, total: 5_000 });
  });
});

describe('the cursor', () => {
  const at = (threadCursor: string | null, fields: Partial<State> = {}) =>
    listing(['a 9', 'ops 8', 'c 7'], { pane: 'threads', threadCursor, ...fields });

  test.each<[string, State, number]>([
    ['is at the open group until it is moved', at(null), 1],
    ['is where it was moved', at('c'), 2],
    ['is at the open group while another pane has the focus', at('c', { pane: 'input' }), 1],
    [
      'stays with its group when others have messages',
      withNewestThreads(at('a'), page(null, 'c 11', 'ops 10', 'a 9')),
      2,
    ],
    ['is at the next group when its own is gone', withoutThread(at('a'), 'a'), 0],
    ['is at the last group when its own was the last', withoutThread(at('c'), 'c'), 1],
    ['moves down', moveThreadCursor(at(null), 1), 2],
    ['stops at the last group', moveThreadCursor(at('c'), 5), 2],
    ['goes to the first group', moveThreadCursor(at('c'), -Infinity), 0],
  ])('%s', (_, state, place) => {
    expect(threadPlace(state)).toBe(place);
  });

  test.each([
    ['near the end', 0, true],
    ['far from it', 60, false],
  ])('%s, more groups are needed: %i below, %s', (_, below, needed) => {
    const many = Array.from({ length: below }, (__, place) => `g${place} 1`);
    expect(needsMoreThreads(listing(['ops 9', ...many]))).toBe(needed);
    expect(needsMoreThreads(listing(['ops 9'], { threadPages: { next: null, total: 1 } }))).toBe(false);
  });
});

test('a group that is opened from further down takes its place by its activity', () => {
  expect(names(addThreads(listing(['a 9', 'c 7']), groups('b 8', 'c 10')))).toEqual(['c', 'a', 'b']);
});
