import { expect, test } from 'vitest';
import { runLine } from '../../../src/simulate/table.ts';
import type { Answers } from '../../support/fake-api.ts';
import { RecordedSession } from '../../support/recorded-session.ts';

const failedRun = (id: string, handler: string, message: object | null) => ({
  id,
  handler,
  error: { code: 'HANDLER_FAILED', message: `${handler} broke.` },
  message,
});
const failures = 'GET threads/t/failed-runs';
/** A run of another process. */
const elsewhere = '0190b3a0-0000-7000-8000-000000000000';
const two: Answers = {
  'GET threads/t/running-runs': [
    { id: 'a', handler: 'hello' },
    { id: 'b', handler: 'roll' },
  ],
  [failures]: [failedRun('r2', 'hello', { id: 'm', body: 'hi' }), failedRun('r1', 'roll', null)],
};

async function run(line: string, answers: Answers, isScreen = false) {
  const session = await RecordedSession.open(answers);
  await runLine(isScreen ? session.askable() : session, line);
  return [...session.requests, ...session.shown];
}

test.each<[string, Answers, string[]]>([
  ['/failed', { [failures]: [] }, ['refresh: bots', 'notice: Nothing has failed here.']],
  [
    '/failed',
    two,
    ['refresh: bots', 'show: hello: hello broke. – "hi" (/retry r2)\nroll: roll broke. – "" (/retry r1)'],
  ],
  ['/retry', two, ['POST threads/t/failed-runs/r2/retry', 'notice: hello tries again.', 'refresh: bots']],
  ['/retry r1', two, ['POST threads/t/failed-runs/r1/retry', 'notice: roll tries again.', 'refresh: bots']],
  ['/cancel', two, ['POST threads/t/running-runs/a/cancel', 'notice: hello is cancelled.', 'refresh: bots']],
  [
    '/cancel roll',
    two,
    ['POST threads/t/running-runs/b/cancel', 'notice: roll is cancelled.', 'refresh: bots'],
  ],
  [
    `/cancel ${elsewhere}`,
    two,
    [`POST threads/t/running-runs/${elsewhere}/cancel`, 'notice: The run is cancelled.', 'refresh: bots'],
  ],
  ['/reload', {}, ['notice: All handlers were read anew.']],
  ['/logs', {}, ['logs']],
  ['/help', {}, ['help']],
  ['/quit', {}, ['quit']],
])('%s does what it says', async (line, answers, expected) => {
  expect(await run(line, answers)).toEqual(expected);
});

test('on a screen, failures are a list to choose from', async () => {
  expect(await run('/failed', two, true)).toEqual([
    'refresh: bots',
    'pick: Failed; Enter tries again',
    'hello – hello broke. – "hi" > /retry r2',
    'roll – roll broke. – "" > /retry r1',
  ]);
});

test.each([
  ['/retry', { [failures]: [] }],
  ['/retry r', two],
  ['/retry r3', two],
])('%s without such a failure is rejected', async (line, answers) => {
  await expect(run(line, answers)).rejects.toMatchObject({
    code: 'WRONG_USE',
    message: 'There is nothing to try again.',
  });
});

test.each([
  ['/cancel', [], 'No handler is running here.'],
  ['/cancel hello', [{ id: 'b', handler: 'roll' }], 'No handler "hello" is running here.'],
])('%s without such a run is rejected', async (line, running, message) => {
  const rejected = { code: 'WRONG_USE', message };
  await expect(run(line, { 'GET threads/t/running-runs': running })).rejects.toMatchObject(rejected);
});
