import { expect, test } from 'vitest';
import { moveMemberCursor } from '../../../src/tui/state/members.ts';
import type { State } from '../../../src/tui/state/state.ts';
import { lineWidth } from '../../../src/tui/text/line.ts';
import { peopleLines } from '../../../src/tui/view/people-lines.ts';
import { atOps, message } from '../../support/tui.tsx';
import { participant, textsOf } from '../../support/tui-data.ts';

const people = [
  participant('Ada', { admin: true }),
  participant('Grace', { last_read: { time: '2026-04-26T10:01:00Z', message_id: 'm1' } }),
  participant('Zoë', { manage_bots: true }),
];

const at = (fields: Partial<State> = {}): State =>
  atOps([message(1, 'hi')], { participants: people, pane: 'inspector', side: 'people', ...fields });

const shown = (state: State, height = 12) =>
  textsOf(peopleLines(state, 26, height)).map((text) => text.trimEnd());

test('each person has a row, and what the one under the cursor may do is below', () => {
  expect(shown(at())).toEqual(
    [
      '● Ada           admin you',
      '○ Grace',
      '○ Zoë',
      '',
      'Ada',
      '  may do everything',
      '  online, logged in here',
      '  has read nothing yet',
    ].map((row) => expect.stringMatching(new RegExp(`^${row.replace(/ {3,}/, ' +')}$`))),
  );
});

test('it says who is logged in here, who has the group open, and how far they have read', () => {
  const both = [...at().people, { id: 'grace', name: 'Grace' }];
  const state = at({ people: both, members: { ...at().members, present: ['grace'] } });
  const rows = shown(moveMemberCursor(state, 1));
  expect(rows[1]).toMatch(/^● Grace +here$/);
  expect(rows.slice(-3)).toEqual(['  may write', '  online, logged in here', '  has read everything']);
});

test('a low pane has only the list, with how many there are above and below', () => {
  const many = Array.from({ length: 9 }, (_, place) => participant(`P${place}`));
  const state = at({ participants: many, members: { ...at().members, cursor: 'p4' } });
  expect(shown(state, 5)).toEqual(['  ↑ 3 more', '○ P3', '○ P4', '○ P5', '  ↓ 3 more']);
});

test('no row is wider than the pane', () => {
  const state = at({ participants: [participant('李'.repeat(30), { admin: true }), ...people] });
  for (let width = 16; width < 60; width++)
    for (const row of peopleLines(state, width, 12)) expect(lineWidth(row)).toBeLessThanOrEqual(width);
});
