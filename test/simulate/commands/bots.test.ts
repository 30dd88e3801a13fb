import { expect, test } from 'vitest';
import { triggersOf } from '../../../src/simulate/commands/bots.ts';
import { runLine } from '../../../src/simulate/table.ts';
import type { Answers } from '../../support/fake-api.ts';
import { RecordedSession } from '../../support/recorded-session.ts';

const bot = (id: string, name: string, more: object = {}) => ({
  [`GET threads/t/bots/${id}`]: { id, thread_id: 't', name, hide_actions: true, cooldown: 7, ...more },
});
const action = (alias: string, triggers: string[]) => ({ handler: { alias }, triggers });

const answers: Answers = {
  'GET threads/t/bots': [{ id: 'b1' }, { id: 'b2' }, { id: 'b3' }],
  ...bot('b1', 'Helper', { actions: [action('hello', ['hi', 'hey']), action('log', [])] }),
  ...bot('b2', 'Two Words', { actions: [] }),
  ...bot('b3', 'Secret', { actions_count: 2 }),
};

/** What a line requested and showed. */
async function run(line: string, more: Answers = {}) {
  const session = await RecordedSession.open({ ...answers, ...more });
  await runLine(session, line);
  return [...session.requests, ...session.shown];
}

test.each<[string, string[]]>([
  [
    '/bot add Night Owl',
    [
      'POST threads/t/bots {"name":"Night Owl","enabled":true,"hide_actions":false,"cooldown":0}',
      'refresh: bots',
      'notice: Night Owl is here. /attach gives it something to do.',
    ],
  ],
  [
    '/bot off Helper',
    [
      'PUT threads/t/bots/b1 {"name":"Helper","hide_actions":true,"cooldown":7,"enabled":false}',
      'notice: Helper is off.',
      'refresh: bots',
    ],
  ],
  [
    '/bot on Two Words',
    [
      'PUT threads/t/bots/b2 {"name":"Two Words","hide_actions":true,"cooldown":7,"enabled":true}',
      'notice: Two Words is on.',
      'refresh: bots',
    ],
  ],
  ['/bot remove Helper', ['DELETE threads/t/bots/b1', 'notice: Helper is removed.', 'refresh: bots']],
  ['/bots', ['show: Helper: hello [ hi|hey ]\nHelper: log [ any message ]']],
  [
    '/clear  cooldowns',
    ['DELETE threads/t/cooldowns', 'notice: Every bot and action may act again.', 'refresh: bots'],
  ],
])('%s does what it says and keeps the other settings', async (line, expected) => {
  expect(await run(line)).toEqual(expected);
});

test('/bots of a group without bots says how to go on', async () => {
  expect(await run('/bots', { 'GET threads/t/bots': [] })).toEqual([
    'show: Nothing is attached. /handlers lists what can be.',
  ]);
});

test.each([
  ['/bot', 'Usage: /bot add|on|off|remove NAME'],
  ['/bot add', 'Usage: /bot add|on|off|remove NAME'],
  ['/bot constructor x', 'Usage: /bot add|on|off|remove NAME'],
  ['/bot rename Helper', 'Usage: /bot add|on|off|remove NAME'],
  ['/bot on Nobody', 'There is no bot "Nobody" here.'],
  ['/bot remove helper', 'There is no bot "helper" here.'],
  ['/clear', 'Usage: /clear cooldowns'],
  ['/clear all', 'Usage: /clear cooldowns'],
])('%s is rejected with what to write instead', async (line, message) => {
  await expect(run(line)).rejects.toMatchObject({ code: 'WRONG_USE', message });
});

test('triggers are listed as they are written, and no trigger means any message', () => {
  expect(triggersOf({ triggers: ['a b', '漢字'] })).toBe('a b|漢字');
  expect(triggersOf({ triggers: [] })).toBe('any message');
});
