import { expect, test } from 'vitest';
import { answerLines } from '../../../src/cli/why/lines.ts';
import type { Answer } from '../../../src/cli/why/question.ts';
import type { Bot } from '../../../src/domain/bot.ts';
import { type ActionVerdict, noDetails } from '../../../src/domain/verdict.ts';

const bot: Bot = {
  id: 'b1',
  threadId: 't1',
  owner: { type: 'user', id: 'u1' },
  name: 'HelloBot',
  avatar: null,
  enabled: true,
  hideActions: false,
  cooldown: 0,
  createdAt: '',
  updatedAt: '',
  archivedAt: null,
};

const row = (fields: Partial<ActionVerdict>): ActionVerdict => ({
  ...noDetails,
  verdict: 'fired',
  trigger: 'hi',
  bot,
  action: { id: 'a1', handler: 'hello' },
  payload: null,
  run: null,
  untouched: null,
  ...fields,
});

const answer = (fields: Partial<Answer> = {}): Answer => ({
  ignored: null,
  actions: [row({})],
  message: undefined,
  body: 'hi there',
  sender: 'alice',
  thread: { id: 't1', name: 'Playground' },
  notes: [],
  ...fields,
});

const failed = row({
  verdict: 'failed',
  milliseconds: 3,
  error: { code: 'HANDLER_THREW', message: 'out of coffee\nagain', stack: null, at: 'bots/HelloBot.ts:12' },
});

test('a pipe gets each row in one line', async () => {
  const missed = row({
    verdict: 'no_match',
    trigger: null,
    nearMiss: {
      reason: 'case',
      trigger: 'Hi'.repeat(50),
      position: 1,
      expected: 'Hi',
      found: 'hi',
      before: null,
      after: null,
      caseDiffers: true,
      distance: 0,
    },
  });
  expect(
    await answerLines(answer({ actions: [row({}), failed, missed], notes: ['One.', 'Two.'] }), undefined),
  ).toEqual([
    'If alice sends this to Playground:',
    '  hi there',
    '',
    '✓ hello of HelloBot: would fire: "hi" matches',
    '✗ hello of HelloBot: failed after 3 ms',
    '    out of coffee',
    '    again',
    '    at bots/HelloBot.ts:12',
    `· hello of HelloBot: no match: only case differs: the trigger is "${'Hi'.repeat(19)}H…", the message has "hi"`,
    '',
    'One.',
    '',
    'Two.',
  ]);
});

test('a terminal of 40 columns gets no longer lines, indented below the first', async () => {
  const notes = ['There is no Playground yet: these are the actions with which it is created.'];
  const lines = await answerLines(answer({ actions: [row({}), failed], notes }), 40);
  expect(lines).toEqual([
    'If alice sends this to Playground:',
    '  hi there',
    '',
    '✓ hello of HelloBot: would fire: "hi"',
    '  matches',
    '✗ hello of HelloBot: failed after 3 ms',
    '    out of coffee',
    '    again',
    '    at bots/HelloBot.ts:12',
    '',
    'There is no Playground yet: these are',
    'the actions with which it is created.',
  ]);
});

test('a long message is cut, and control characters that others wrote are shown as text', async () => {
  const lines = await answerLines(
    answer({ body: `one\n\u001b[2J ${'x'.repeat(300)}`, sender: 'al\u0007', actions: [] }),
    undefined,
  );
  expect(lines).toEqual([
    'If al\\x07 sends this to Playground:',
    `  one \\x1b[2J ${'x'.repeat(190)}…`,
    '',
    'No action is attached in Playground.',
  ]);
});

test('a place at the start of an error is not repeated', async () => {
  const error = {
    code: 'HANDLER_FILE_BROKEN',
    message: 'bots/X.ts:3: Unexpected token.',
    stack: null,
    at: 'bots/X.ts:3',
  };
  const missing = row({ verdict: 'handler_missing', trigger: null, error });
  const lines = await answerLines(answer({ actions: [missing] }), undefined);
  expect(lines.slice(3)).toEqual([
    '· hello of HelloBot: handler not loaded: its file cannot be loaded',
    '    bots/X.ts:3: Unexpected token.',
  ]);
});
