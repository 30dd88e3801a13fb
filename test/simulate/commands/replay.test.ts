import { expect, test } from 'vitest';
import { runLine } from '../../../src/simulate/table.ts';
import { RecordedSession } from '../../support/recorded-session.ts';

test('/replay is switched on and off, says which, and is done once', async () => {
  const session = await RecordedSession.open();
  for (const line of ['/replay', '/replay on', '/replay', '/replay once', '/replay off'])
    await runLine(session, line);
  expect(session.shown).toEqual([
    'notice: Replay is off.',
    'replay: true',
    expect.stringContaining('notice: Replay is on: after each save'),
    'notice: Replay is on.',
    'replayed',
    'replay: false',
    'notice: Replay is off.',
  ]);
});

test.each(['/replay twice', '/replay constructor'])('%s is rejected with what to write', async (line) => {
  const session = await RecordedSession.open();
  await expect(runLine(session, line)).rejects.toMatchObject({
    code: 'WRONG_USE',
    message: 'Usage: /replay on|off|once',
  });
});
