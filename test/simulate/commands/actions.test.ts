import { expect, test } from 'vitest';
import { runLine } from '../../../src/simulate/table.ts';
import type { Answers } from '../../support/fake-api.ts';
import { RecordedSession } from '../../support/recorded-session.ts';

const action = (id: string, alias: string, triggers: string[]) => ({
  id,
  handler: { alias, name: alias, description: `Does ${alias}.` },
  triggers,
  match: triggers.length > 0 ? 'exact' : 'any',
  enabled: true,
  admin_only: false,
  cooldown: 0,
  on_cooldown: false,
  payload: { emoji: '👍' },
  owner: { name: 'Ada' },
});
const changed = { ...action('a1', 'react', ['hi']), enabled: false };

const answers: Answers = {
  'GET threads/t/bots': [{ id: 'b1' }, { id: 'b2' }],
  'GET threads/t/bots/b1': {
    id: 'b1',
    thread_id: 't',
    name: 'Helper',
    actions: [action('a1', 'react', ['hi']), action('a2', 'react', []), action('a3', 'hello', ['hey'])],
  },
  'GET threads/t/bots/b2': { id: 'b2', thread_id: 't', name: 'Owl', actions: [action('a4', 'hello', [])] },
  'PUT threads/t/bots/b1/actions/a1/parameters': changed,
  'PUT threads/t/bots/b1/actions/a2/parameters': { ...action('a2', 'react', []), cooldown: 5 },
};

/** What a line requested and showed. */
async function run(line: string, asks = false) {
  const session = await RecordedSession.open(answers);
  await runLine(asks ? session.askable() : session, line);
  return [...session.requests, ...session.shown];
}

test.each([
  ['/detach hello @Owl', ['DELETE threads/t/bots/b2/actions/a4', 'notice: Detached hello.', 'refresh: bots']],
  ['/detach react#2', ['DELETE threads/t/bots/b1/actions/a2', 'notice: Detached react.', 'refresh: bots']],
  ['/detach a1', ['DELETE threads/t/bots/b1/actions/a1', 'notice: Detached react.', 'refresh: bots']],
  [
    '/detach hello all',
    [
      'DELETE threads/t/bots/b1/actions/a3',
      'DELETE threads/t/bots/b2/actions/a4',
      'notice: Detached hello.',
      'refresh: bots',
    ],
  ],
  [
    '/action off react#1',
    [
      'PUT threads/t/bots/b1/actions/a1/parameters {"values":{"enabled":false},"texts":{}}',
      'notice: react#1 @Helper is off.',
      'refresh: bots',
    ],
  ],
  [
    '/action edit react#2 @Helper cooldown=5',
    [
      'PUT threads/t/bots/b1/actions/a2/parameters {"values":{},"texts":{"cooldown":"5"}}',
      'notice: react#2 @Helper is changed.',
      'refresh: bots',
    ],
  ],
  [
    '/action',
    [
      'show: react#1 @Helper [ hi ] a1\nreact#2 @Helper [ any message ] a2\nhello @Helper [ hey ] a3\nhello @Owl [ any message ] a4',
    ],
  ],
  [
    '/action show react#1',
    [
      'show: react (react) of Helper: Does react.\nmatch: exact\ntriggers: hi\nenabled: yes\nadmins only: no\ncooldown: 0 s\nemoji: "👍"\nattached by Ada\nid: a1',
    ],
  ],
])('%s', async (line, expected) => {
  expect(await run(line)).toEqual(expected);
});

test.each([
  [
    '/detach hello',
    '"hello" is attached 2 times: hello @Helper [ hey ], hello @Owl [ any message ]. Name one of them. Nothing was done.',
  ],
  ['/detach', 'Usage: /detach ALIAS. /action lists what is attached.'],
  ['/detach nothing', '"nothing" is not attached.'],
  ['/detach hello @Nobody', '"hello @Nobody" is not attached.'],
  ['/action edit a1', 'Say what changes, for example: /action edit a1 cooldown=30. Nothing was done.'],
  ['/action rename a1', 'Usage: /action on|off|edit|show ALIAS. Alone, it lists what is attached.'],
  ['/action on', 'Usage: /action on|off|edit|show ALIAS. Alone, it lists what is attached.'],
])('%s is rejected, and nothing is changed', async (line, message) => {
  const session = await RecordedSession.open(answers);
  await expect(runLine(session, line)).rejects.toMatchObject({ code: 'WRONG_USE', message });
  expect(session.requests).toEqual([]);
});

test('the full screen asks which action is meant, and keeps what was given', async () => {
  expect(await run('/detach hello', true)).toEqual([
    'pick: Which of these actions?',
    expect.stringContaining('/detach hello @Helper'),
    expect.stringContaining('/detach hello @Owl'),
  ]);
  const [, first] = await run('/action edit react cooldown=5', true);
  expect(first).toContain('/action edit react#1 @Helper cooldown=5');
});

test('the full screen changes an action in its form', async () => {
  expect(await run('/action edit react#1 cooldown=5', true)).toEqual([
    'edit: react#1 @Helper {"cooldown":"5"}',
  ]);
});
