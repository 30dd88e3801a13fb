import { expect, test } from 'vitest';
import { runLine } from '../../../src/simulate/table.ts';
import { RecordedSession } from '../../support/recorded-session.ts';

test('/reset asks on a full screen, and Enter runs it', async () => {
  const session = (await RecordedSession.open()).askable();
  await runLine(session, '/reset');
  expect(session.shown.at(0)).toBe('confirm: Empty the playground?');
  expect(session.shown.at(-1)).toBe('> /reset yes');
  await runLine(session, '/reset yes');
  expect(session.shown.at(-1)).toBe('reset');
});

test.each([
  ['/reset', '/reset yes empties the playground: its messages, bots and actions are gone. Nothing was done.'],
  ['/reset now', 'Usage: /reset yes'],
])('by lines, %s says what to write and does nothing', async (line, message) => {
  const session = await RecordedSession.open();
  await expect(runLine(session, line)).rejects.toMatchObject({ code: 'WRONG_USE', message });
  expect(session.shown).toEqual([]);
});
