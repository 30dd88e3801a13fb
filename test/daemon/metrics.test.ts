import { expect, test } from 'vitest';
import { Metrics } from '../../src/daemon/metrics.ts';
import { EventBus } from '../../src/domain/event.ts';
import { aBot, aMessage, anAction } from '../support/records.ts';

function bench() {
  const events = new EventBus(() => {});
  const time = { now: 1_000_000 };
  const metrics = new Metrics(events, () => time.now);
  const ran = (handler: string, milliseconds: number, isFailed = false) => {
    const bot = aBot({ threadId: 'lounge' });
    const action = { ...anAction({ botId: bot.id, handler }), sequence: 1 };
    const message = { ...aMessage({ threadId: 'lounge' }), sequence: 1 };
    const subject = { bot, action, message, trigger: null, milliseconds };
    const error = { code: 'HANDLER_THREW' as const, message: 'Oh.', stack: null };
    if (isFailed) events.emit('BotActionFailed', { ...subject, error });
    else events.emit('BotActionHandled', subject);
  };
  return { metrics, time, ran };
}

test('runs are counted by how they ended', () => {
  const { metrics, ran } = bench();
  ran('hello', 5);
  ran('hello', 15);
  ran('weather', 700, true);
  expect(metrics.counted()).toMatchObject({ handled: 2, failed: 1, lastMinute: 3 });
});

test('the slowest handlers come first, five at most', () => {
  const { metrics, ran } = bench();
  for (const [index, handler] of ['a', 'b', 'c', 'd', 'e', 'f'].entries()) ran(handler, index * 10);
  ran('f', 70);
  const { slowest } = metrics.counted();
  expect(slowest.map(({ handler }) => handler)).toEqual(['f', 'e', 'd', 'c', 'b']);
  expect(slowest[0]).toEqual({ handler: 'f', runs: 2, failed: 0, average: 60, slowest: 70 });
});

test('a run counts for the last minute during a minute', () => {
  const { metrics, time, ran } = bench();
  ran('hello', 5);
  time.now += 30_000;
  ran('hello', 5);
  expect(metrics.counted().lastMinute).toBe(2);
  time.now += 31_000;
  expect(metrics.counted().lastMinute).toBe(1);
  time.now += 3_600_000;
  expect(metrics.counted()).toMatchObject({ lastMinute: 0, handled: 2 });
});
