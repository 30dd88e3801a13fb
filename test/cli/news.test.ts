import { expect, test } from 'vitest';
import { newsOf } from '../../src/cli/simulate/news.ts';

test.each([
  [
    'what a handler prints',
    { level: 'info', handler: 'hello', printed: true, msg: 'got here' },
    { kind: 'printed', source: 'hello', text: 'got here' },
  ],
  [
    'a failure',
    { level: 'error', handler: 'hello', message: 'm1', msg: 'no', stack: 'at x' },
    { kind: 'failed', source: 'hello', text: 'no', stack: 'at x', messageId: 'm1' },
  ],
  [
    'a reload',
    { level: 'info', classes: ['HelloBot'], milliseconds: 38, msg: 'reloaded' },
    { kind: 'reloaded', text: 'HelloBot reloaded 38 ms' },
  ],
  [
    'a broken file',
    { level: 'warn', msg: 'bots/HelloBot.ts:3: …' },
    { kind: 'broken', text: 'bots/HelloBot.ts:3: …' },
  ],
  [
    'an action without its handler',
    { level: 'warn', handler: 'hello', msg: 'an action lost its handler' },
    { kind: 'broken', text: 'an action lost its handler: hello' },
  ],
  [
    'a change of the clock',
    { level: 'info', clock: { time: 'then', frozen: true, moved: 5 }, msg: 'the clock was changed' },
    { kind: 'clock', state: { time: 'then', frozen: true, moved: 5 }, text: 'the clock was changed' },
  ],
  ['anything else', { level: 'info', msg: 'started' }, { kind: 'log', source: 'daemon', text: 'started' }],
])('%s in the log of the daemon', (_, record, news) => {
  expect(newsOf(JSON.stringify(record))).toEqual(news);
});

test.each(['half a li', '', '{}', '[]', 'null', 'true', '3', '"text"', '{"msg":""}', '{"level":"error"}'])(
  'the line %j is no news',
  (line) => {
    expect(newsOf(line)).toBeUndefined();
  },
);

test.each([
  [
    { printed: true, msg: 'x' },
    { kind: 'printed', source: 'handler', text: 'x' },
  ],
  [
    { handler: 'h', code: 'X', msg: 'x' },
    { kind: 'warned', source: 'h', text: 'x', stack: null },
  ],
  [
    { handler: 'h', level: 'error', code: 'X', msg: 'x' },
    { kind: 'failed', source: 'h', text: 'x', stack: null },
  ],
  [
    { handler: 'h', level: 'info', msg: 'x' },
    { kind: 'log', source: 'daemon', text: 'x' },
  ],
  [
    { classes: [], msg: 'x' },
    { kind: 'reloaded', text: ' reloaded 0 ms' },
  ],
  [
    { classes: ['A', 'B'], level: 'error', milliseconds: 1, msg: 'x' },
    { kind: 'reloaded', text: 'A, B reloaded 1 ms' },
  ],
  [
    { level: 'error', msg: 'x' },
    { kind: 'broken', text: 'x' },
  ],
])('a record with a part of the fields, %j, is %j', (record, news) => {
  expect(newsOf(JSON.stringify(record))).toEqual(news);
});
