import { expect, test } from 'vitest';
import { MovableClock } from '../../../src/base/clock.ts';
import { configSchema } from '../../../src/config/schema.ts';
import { settingsOf } from '../../../src/config/settings.ts';
import { Online } from '../../../src/services/users/presence.ts';

const start = Date.UTC(2026, 0, 1);
const minutes = (count: number) => count * 60_000;

/** Presence on a clock that stands still, with a configuration that can be saved anew. */
function open(onlineStatus: object = {}) {
  const clock = new MovableClock(() => start);
  const parsed = (config: object) => settingsOf(configSchema.parse({ onlineStatus: config }));
  let settings = parsed(onlineStatus);
  const online = new Online({ clock, settings: () => settings });
  const save = (config: object) => {
    settings = parsed(config);
  };
  return { clock, online, save };
}

test('somebody who was never heard of is offline', () => {
  expect(open().online.of('ada')).toEqual({ status: 0, lastActive: null });
});

test.each<[string, boolean, number, 0 | 1 | 2]>([
  ['is online at once', false, 0, 1],
  ['is away at once', true, 0, 2],
  ['is there until just before the end', false, minutes(4) - 1, 1],
  ['is away until just before the end', true, minutes(4) - 1, 2],
  ['is offline from the end on', false, minutes(4), 0],
  ['is offline from the end on, after being away', true, minutes(4), 0],
])('somebody who was heard of %s', (_, away, later, status) => {
  const { clock, online } = open();
  online.record('ada', away);
  clock.advance(later);
  expect(online.of('ada')).toEqual({ status, lastActive: start });
  expect(online.of('bob').status).toBe(0);
});

test('the last word counts, and begins the time anew', () => {
  const { clock, online } = open();
  online.record('ada', true);
  clock.advance(minutes(3));
  online.record('ada', false);
  clock.advance(minutes(3));
  expect(online.of('ada')).toEqual({ status: 1, lastActive: start + minutes(3) });
});

test('a configuration that is saved counts for those who are there', () => {
  const { clock, online, save } = open({ lifetime: 0.5 });
  online.record('ada', false);
  clock.advance(minutes(1));
  expect(online.of('ada').status).toBe(0);
  save({ lifetime: 2 });
  expect(online.of('ada').status).toBe(1);
  save({ enabled: false });
  expect(online.of('ada')).toEqual({ status: 0, lastActive: null });
});
