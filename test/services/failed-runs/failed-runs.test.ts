import { beforeAll, describe, expect, test } from 'vitest';
import type { BotAction } from '../../../src/domain/bot-action.ts';
import { clearCooldowns } from '../../../src/services/answering/clear-cooldowns.ts';
import { botNamed } from '../../../src/services/bots/bot-lists.ts';
import {
  listFailedRuns,
  pruneFailedRuns,
  showFailedRun,
} from '../../../src/services/failed-runs/failed-runs.ts';
import { retryAllRuns, retryRun } from '../../../src/services/failed-runs/retry-run.ts';
import { exactBot, posting } from '../../support/bot-source.ts';
import { at } from '../../support/records.ts';
import { type AtEnd, endAfterAll } from '../../support/temporary-folder.ts';
import { TestGroup } from '../../support/test-group.ts';

/** Posts, and then fails until the group's name is "Dry". */
const umbrella = exactBot(
  'Act',
  'hi',
  "await this.composer().message('looking'); if (this.thread.name !== 'Dry') throw new Error('It rains.'); await this.composer().message('sunny');",
);
const bots = { 'Act.ts': umbrella, 'Echo.ts': exactBot('Echo', 'hi', posting("'echo'")) };

const mend = (testGroup: TestGroup) => testGroup.change("update threads set subject = 'Dry'");

/** A group in which so many messages made a handler fail; another handler answered them. */
async function open(messages: number, params: Record<string, unknown> = {}, atEnd?: AtEnd) {
  const testGroup = await TestGroup.alone(bots, {}, atEnd);
  const action = await testGroup.attach('act', params);
  await testGroup.attach('echo');
  for (let count = 0; count < messages; count++) {
    testGroup.clock.advance(1_000);
    await testGroup.watch('Ada', 'hi');
  }
  const failed = await listFailedRuns(testGroup.app, 100);
  return { testGroup, action, failed, id: failed[0]?.id ?? '' };
}

describe('failed runs', () => {
  let testGroup: TestGroup;
  let action: BotAction;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    ({ testGroup, action } = await open(3, { cooldown: 0 }, atEnd));
  });

  test('are listed newest first, with everything about them', async () => {
    const { thread, app } = testGroup;
    const failed = await listFailedRuns(app, 100);
    const [newest] = failed;
    const times = failed.map(({ failedAt }) => failedAt);
    expect(times).toEqual([...times].sort().reverse());
    const bot = await botNamed(app, thread, 'LoungeBot');
    expect(failed).toHaveLength(3);
    expect(newest).toEqual({
      id: expect.any(String),
      group: { id: thread.id, name: 'Lounge' },
      bot: { id: bot.id, name: 'LoungeBot' },
      handler: 'act',
      trigger: 'hi',
      error: { code: 'HANDLER_THREW', message: 'It rains.', stack: expect.stringContaining('bots/Act.ts:') },
      attempts: 1,
      startedAt: expect.any(String),
      failedAt: expect.any(String),
      message: {
        id: expect.any(String),
        body: 'hi',
        owner: { type: 'user', id: (await testGroup.person('Ada')).id, name: 'Ada' },
        createdAt: expect.any(String),
      },
      payload: action.payload,
    });
    expect(await listFailedRuns(app, 2)).toEqual(failed.slice(0, 2));
  });

  test('are found by their id and by the beginning of it', async () => {
    const { app } = testGroup;
    const failed = await listFailedRuns(app, 100);
    for (const each of failed) {
      expect(await showFailedRun(app, each.id)).toEqual(each);
      expect(await showFailedRun(app, each.id.toUpperCase().slice(0, -1))).toEqual(each);
    }
    const common = failed[0]?.id.slice(0, 4) ?? '';
    await expect(showFailedRun(app, common)).rejects.toMatchObject({
      code: 'NAME_AMBIGUOUS',
      message: expect.stringContaining(failed.map(({ id }) => id).join(', ')),
    });
    for (const name of ['', '%', '_', 'x', `${failed[0]?.id}0`]) {
      await expect(showFailedRun(app, name)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  test.each([
    ["update messages set archived_at = 'now'", 'its message was removed', 'archived_at = null', 'messages'],
    ["update threads set archived_at = 'now'", 'its group was removed', 'archived_at = null', 'threads'],
    ['update threads set chat_bots = 0', 'bots are switched off in its group', 'chat_bots = 1', 'threads'],
    ["update bots set archived_at = 'now'", 'its bot was removed', 'archived_at = null', 'bots'],
    ['update bots set enabled = 0', 'its bot or its action is switched off', 'enabled = 1', 'bots'],
    [
      'update bot_actions set enabled = 0',
      'its bot or its action is switched off',
      'enabled = 1',
      'bot_actions',
    ],
    [
      "update bot_actions set handler = 'gone' where handler = 'act'",
      'there is no handler "gone" any more',
      "handler = 'act' where handler = 'gone'",
      'bot_actions',
    ],
  ])('are not retried after "%s": %s', async (statement, reason, undo, table) => {
    const [{ id = '' } = {}] = await listFailedRuns(testGroup.app, 1);
    await testGroup.change(statement);
    await expect(retryRun(testGroup.app, id)).rejects.toMatchObject({
      code: 'RUN_NOT_RETRIED',
      message: `The failed run ${id} cannot be retried: ${reason}. It stays in the list of failed runs.`,
    });
    await testGroup.change(`update ${table} set ${undo}`);
    expect((await listFailedRuns(testGroup.app, 1))[0]?.id).toBe(id);
  });
});

describe('a retry', () => {
  test('lets that action alone answer the message again, and posts nothing twice', async () => {
    const { testGroup, failed, id } = await open(2);
    await mend(testGroup);
    const handled = testGroup.collect('BotActionHandled');
    expect(await retryRun(testGroup.app, id.slice(0, -1))).toMatchObject({ id, status: 'waiting' });
    await testGroup.app.queue.idle();
    expect(handled).toMatchObject([{ action: { handler: 'act' }, message: failed[0]?.message }]);
    expect((await testGroup.written()).slice(-2)).toEqual(['LoungeBot: echo', 'LoungeBot: sunny']);
    const left = await listFailedRuns(testGroup.app, 100);
    expect(left.map((run) => run.id)).toEqual(failed.slice(1).map((run) => run.id));
    expect(await testGroup.app.store.runs.find(id)).toMatchObject({
      status: 'handled',
      attempts: 2,
      error: null,
    });
  });

  test('that fails goes on counting', async () => {
    const { testGroup, id } = await open(1);
    for (const attempts of [2, 3]) {
      const failed = testGroup.next('BotActionFailed');
      await retryRun(testGroup.app, id);
      expect(await failed).toMatchObject({ error: { message: 'It rains.' } });
      await testGroup.app.queue.idle();
      expect(await showFailedRun(testGroup.app, id)).toMatchObject({ attempts });
    }
    expect(await testGroup.written()).toEqual(['Ada: hi', 'LoungeBot: looking', 'LoungeBot: echo']);
  });

  test('asked for twice at once is made once', async () => {
    const { testGroup, id } = await open(1);
    await mend(testGroup);
    const asked = await Promise.allSettled([retryRun(testGroup.app, id), retryRun(testGroup.app, id)]);
    await testGroup.app.queue.idle();
    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await testGroup.app.store.runs.find(id)).toMatchObject({ attempts: 2 });
  });

  test('heeds the cooldown of its action, and starts it', async () => {
    const { testGroup, action, id } = await open(2, { cooldown: 30 });
    await mend(testGroup);
    const { queued, rejected } = await retryAllRuns(testGroup.app);
    expect(queued).toHaveLength(1);
    expect(rejected).toMatchObject([
      {
        run: { id },
        reason: {
          code: 'RUN_NOT_RETRIED',
          message: expect.stringMatching(/its action is on cooldown until \d\d:/),
        },
      },
    ]);
    await testGroup.app.queue.idle();
    const resting = async () =>
      (await testGroup.app.store.cooldowns.endings([action.id], testGroup.clock.now())).size;
    expect(await resting()).toBe(1);
    expect(await clearCooldowns(testGroup.app, testGroup.thread)).toBe(1);
    expect([await resting(), await clearCooldowns(testGroup.app, testGroup.thread)]).toEqual([0, 0]);
    await retryRun(testGroup.app, id);
    await testGroup.app.queue.idle();
    expect(await listFailedRuns(testGroup.app, 100)).toEqual([]);
  });

  test('heeds the cooldown of its bot, and starts it', async () => {
    const testGroup = await TestGroup.alone(bots);
    const bot = await testGroup.bot('Tired', { cooldown: 60 });
    await testGroup.attach('act', {}, bot);
    await testGroup.watch('Ada', 'hi');
    await mend(testGroup);
    const [{ id = '' } = {}] = await listFailedRuns(testGroup.app, 1);
    await expect(retryRun(testGroup.app, id)).rejects.toThrow('its bot is on cooldown until');
    testGroup.clock.advance(60_000);
    await retryRun(testGroup.app, id);
    await testGroup.app.queue.idle();
    const resting = await testGroup.app.store.cooldowns.endings([bot.id], testGroup.clock.now());
    expect(resting.size).toBe(1);
  });

  test('is for admins where the action is by now', async () => {
    const testGroup = await TestGroup.alone(bots);
    await testGroup.attach('act');
    await testGroup.watch('Bob', 'hi');
    await testGroup.change('update bot_actions set admin_only = 1');
    const [{ id = '' } = {}] = await listFailedRuns(testGroup.app, 1);
    await expect(retryRun(testGroup.app, id)).rejects.toThrow('its action is now for admins only');
  });
});

describe('pruning', () => {
  test('forgets those that failed so many days ago, and nothing else', async () => {
    const { testGroup, failed } = await open(2);
    testGroup.clock.advance(3 * 24 * 60 * 60 * 1_000 - 999);
    expect(await pruneFailedRuns(testGroup.app, 3)).toBe(1);
    expect(await listFailedRuns(testGroup.app, 100)).toEqual(failed.slice(0, 1));
    testGroup.clock.advance(1);
    expect(await pruneFailedRuns(testGroup.app, 0)).toBe(1);
    expect(await pruneFailedRuns(testGroup.app, 0)).toBe(0);
    expect(await testGroup.written()).toHaveLength(6);
  });

  test('keeps those whose message is still being answered', async () => {
    const { testGroup, failed } = await open(1);
    testGroup.clock.advance(1);
    const job = { queue: 'other', key: testGroup.thread.id, kind: 'answer-message', payload: {} };
    await testGroup.app.store.jobs.insert(job, at(0));
    expect(await pruneFailedRuns(testGroup.app, 0)).toBe(0);
    await testGroup.change("update jobs set status = 'failed'");
    expect([await pruneFailedRuns(testGroup.app, 0), failed.length]).toEqual([1, 1]);
  });
});
