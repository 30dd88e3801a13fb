import { describe, expect, test } from 'vitest';
import { readClockChange } from '../../../src/simulate/commands/clock.ts';
import { runLine } from '../../../src/simulate/table.ts';
import { RecordedSession } from '../../support/recorded-session.ts';

/** What the last of these lines shows, on a clock that says 14:05:09. */
async function run(...lines: string[]): Promise<string[]> {
  const session = await RecordedSession.open();
  for (const line of lines) {
    session.shown.length = 0;
    await runLine(session, line);
  }
  return session.shown;
}

test.each([
  [['/clock'], 'The clock says 2026-11-30 14:05:09, running in real time.'],
  [['/clock +15m'], 'The clock says 2026-11-30 14:20:09, moved forward by 15m.'],
  [['/clock +1h30m'], 'The clock says 2026-11-30 15:35:09, moved forward by 1h30m.'],
  [['/clock +90s'], 'The clock says 2026-11-30 14:06:39, moved forward by 1m30s.'],
  [['/clock + 2d', '/clock +2d'], 'The clock says 2026-12-04 14:05:09, moved forward by 4d.'],
  [['/clock freeze'], 'The clock says 2026-11-30 14:05:09, frozen.'],
  [
    ['/clock freeze', '/clock +1m', '/clock'],
    'The clock says 2026-11-30 14:06:09, moved forward by 1m and frozen.',
  ],
  [['/clock freeze', '/clock resume'], 'The clock says 2026-11-30 14:05:09, running in real time.'],
  [
    ['/clock until-idle'],
    'Nothing waits for the clock. The clock says 2026-11-30 14:05:09, running in real time.',
  ],
])('%j shows what the clock says', async (lines, sentence) => {
  expect(await run(...lines)).toEqual([`notice: ${sentence}`]);
});

describe('what the clock cannot do is said:', () => {
  test.each([
    ['-5m', 'The clock only goes forward, and "-5m" would set it back.'],
    ['15m', '"15m" is not something the clock can do.'],
    ['+', '"+" is not something the clock can do.'],
    ['+15', '"+15" is not something the clock can do.'],
    ['+15x', '"+15x" is not something the clock can do.'],
    ['+-5m', '"+-5m" is not something the clock can do.'],
    ['stop', '"stop" is not something the clock can do.'],
    ['freeze now', '"freeze now" is not something the clock can do.'],
    ['+99999d', '"+99999d" is not something the clock can do.'],
  ])('%s', (text, sentence) => {
    expect(() => readClockChange(text)).toThrow(`${sentence} Write "/clock +15m"`);
  });

  test('to move beyond the last year', async () => {
    const session = await RecordedSession.open();
    session.clock = { ...session.clock, time: '9990-01-01T00:00:00.000Z' };
    await expect(runLine(session, '/clock +36500d')).rejects.toThrow(
      'The clock cannot be moved beyond the year 9999.',
    );
    expect(session.clock.moved).toBe(0);
  });
});
