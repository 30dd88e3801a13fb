import { expect, test } from 'vitest';
import { personLine, rightsOf } from '../../src/simulate/person.ts';
import { participant } from '../support/tui-data.ts';

test.each([
  [{}, 'may write'],
  [{ manage_bots: true, add_participants: true }, 'may write, add bots, add people'],
  [{ send_messages: false, send_knocks: true }, 'may knock'],
  [{ send_messages: false }, 'may only read'],
  [{ admin: true, manage_bots: true }, 'may do everything'],
])('a participant with %j %s', (fields, text) => {
  expect(rightsOf(participant('Grace', fields))).toBe(text);
});

test('a participant in one line is a name, what is to be noted, and the rights', () => {
  expect(personLine(participant('Ada', { admin: true }), ['you', 'online'])).toBe(
    'Ada: admin, you, online, may do everything',
  );
});
