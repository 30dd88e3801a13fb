import { describe, expect, test } from 'vitest';
import {
  memberAt,
  moveMemberCursor,
  needsMoreMembers,
  readers,
  withMembers,
  withMoreMembers,
  withPresence,
} from '../../../src/tui/state/members.ts';
import type { State } from '../../../src/tui/state/state.ts';
import { atOps, grace, message, messages, pageOf } from '../../support/tui.tsx';
import { participant } from '../../support/tui-data.ts';

const page = (next: string | null, ...names: string[]) => ({
  data: names.map((name) => participant(name)),
  meta: { ...pageOf([]).meta, next_page_route: next, total: 9 },
});

const empty = atOps([]);
const names = ({ participants }: State) => participants.map(({ owner }) => owner.name);

describe('the people of a group', () => {
  const two = withMoreMembers(withMembers(empty, page('/2', 'Ada', 'Bob')), page('/3', 'Cleo', 'Dan'));

  test('are those of the pages that were loaded', () => {
    expect([names(two), two.members.next, two.members.total]).toEqual([
      ['Ada', 'Bob', 'Cleo', 'Dan'],
      '/3',
      9,
    ]);
  });

  test('keep later pages when the first one is read again, without those who left', () => {
    const again = withMembers(two, page('/2', 'Ada', 'Bo'));
    expect([names(again), again.members.next]).toEqual([['Ada', 'Bo', 'Bob', 'Cleo', 'Dan'], '/3']);
    expect(names(withMembers(two, page('/2', 'Ada', 'Cleo')))).toEqual(['Ada', 'Cleo', 'Dan']);
  });

  test('are only the first page where that is all', () => {
    const all = withMembers(two, page(null, 'Ada'));
    expect([names(all), all.members.next]).toEqual([['Ada'], null]);
  });
});

describe('the cursor', () => {
  const state = withMembers(empty, page('/2', 'Bob', 'Ada', 'Cleo'));
  const at = (from: State) => memberAt(from)?.owner.name;

  test('is at the speaker until it is moved, and stops at both ends', () => {
    expect(at(state)).toBe('Ada');
    expect([1, 5, -1, -Infinity].map((by) => at(moveMemberCursor(state, by)))).toEqual([
      ...['Cleo', 'Cleo', 'Bob', 'Bob'],
    ]);
  });

  test('stays with its person when somebody else comes', () => {
    expect(at(withMembers(moveMemberCursor(state, 1), page(null, 'Al', 'Bob', 'Ada', 'Cleo')))).toBe('Cleo');
  });

  test('near the end needs more people, if there are any', () => {
    expect([needsMoreMembers(state), needsMoreMembers(withMembers(state, page(null, 'Ada')))]).toEqual([
      ...[true, false],
    ]);
  });
});

test('who has the group open is known from who comes and goes', () => {
  let state = withPresence(empty, { kind: 'all', ids: ['ada', 'bob'] });
  state = withPresence(state, { kind: 'joined', ids: ['cleo'] });
  state = withPresence(state, { kind: 'left', ids: ['bob'] });
  expect(state.members.present).toEqual(['ada', 'cleo']);
});

test('the readers of the newest message are the others who have read it, without its author', () => {
  const read = (number: number) => ({
    last_read: { time: message(number, '').created_at, message_id: null },
  });
  const participants = [
    participant('Ada', read(3)),
    participant('Grace', read(3)),
    participant('Joan', read(2)),
    participant('Kim'),
  ];
  expect(readers(atOps(messages(3), { participants }))).toEqual(['Grace']);
  expect(readers(atOps([message(3, 'hers', { owner: grace })], { participants }))).toEqual([]);
  expect(readers(atOps([], { participants }))).toEqual([]);
});
