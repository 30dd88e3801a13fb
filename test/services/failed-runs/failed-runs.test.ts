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

const mend = (story: TestGroup) => story.change("update threads set subject = 'Dry'");

/** A group in which so many messages made a handler fail; another handler answered them. */
async function open(messages: number, params: Record<string, unknown> = {}, atEnd?: AtEnd) {
  const story = await TestGroup.alone(bots, {}, atEnd);
  const action = await story.attach('act', params);
  await story.attach('echo');
  for (let count = 0; count < messages; count++) {
    story.clock.advance(1_000);
    await story.watch('Ada', 'hi');
  }
  const failed = await listFailedRuns(story.app, 100);
  return { story, action, failed, id: failed[0]?.id ?? '' };
}

describe('failed runs', () => {
  let story: TestGroup;
  let action: BotAction;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    ({ story, action } = await open(3, { cooldown: 0 }, atEnd));
  });

  test('are listed newest first, with everything about them', async () => {
    const { thread, app } = story;
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
        owner: { type: 'user', id: (await story.person('Ada')).id, name: 'Ada' },
        createdAt: expect.any(String),
      },
      payload: action.payload,
    });
    expect(await listFailedRuns(app, 2)).toEqual(failed.slice(0, 2));
  });

  test('are found by their id and by the beginning of it', async () => {
    const { app } = story;
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
    const [{ id = '' } = {}] = await listFailedRuns(story.app, 1);
    story.change(statement);
    await expect(retryRun(story.app, id)).rejects.toMatchObject({
      code: 'RUN_NOT_RETRIED',
      message: `The failed run ${id} cannot be retried: ${reason}. It stays in the list of failed runs.`,
    });
    story.change(`update ${table} set ${undo}`);
    expect((await listFailedRuns(story.app, 1))[0]?.id).toBe(id);
  });
});

describe('a retry', () => {
  test('lets that action alone answer the message again, and posts nothing twice', async () => {
    const { story, failed, id } = await open(2);
    mend(story);
    const handled = story.collect('BotActionHandled');
    expect(await retryRun(story.app, id.slice(0, -1))).toMatchObject({ id, status: 'waiting' });
    await story.app.queue.idle();
    expect(handled).toMatchObject([{ action: { handler: 'act' }, message: failed[0]?.message }]);
    expect((await story.written()).slice(-2)).toEqual(['LoungeBot: echo', 'LoungeBot: sunny']);
    const left = await listFailedRuns(story.app, 100);
    expect(left.map((run) => run.id)).toEqual(failed.slice(1).map((run) => run.id));
    expect(await story.app.store.runs.find(id)).toMatchObject({
      status: 'handled',
      attempts: 2,
      error: null,
    });
  });

  test('that fails goes on counting', async () => {
    const { story, id } = await open(1);
    for (const attempts of [2, 3]) {
      const failed = story.next('BotActionFailed');
      await retryRun(story.app, id);
      expect(await failed).toMatchObject({ error: { message: 'It rains.' } });
      await story.app.queue.idle();
      expect(await showFailedRun(story.app, id)).toMatchObject({ attempts });
    }
    expect(await story.written()).toEqual(['Ada: hi', 'LoungeBot: looking', 'LoungeBot: echo']);
  });

  test('asked for twice at once is made once', async () => {
    const { story, id } = await open(1);
    mend(story);
    const asked = await Promise.allSettled([retryRun(story.app, id), retryRun(story.app, id)]);
    await story.app.queue.idle();
    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await story.app.store.runs.find(id)).toMatchObject({ attempts: 2 });
  });

  test('heeds the cooldown of its action, and starts it', async () => {
    const { story, action, id } = await open(2, { cooldown: 30 });
    mend(story);
    const { queued, rejected } = await retryAllRuns(story.app);
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
    await story.app.queue.idle();
    const resting = async () =>
      (await story.app.store.cooldowns.endings([action.id], story.clock.now())).size;
    expect(await resting()).toBe(1);
    expect(await clearCooldowns(story.app, story.thread)).toBe(1);
    expect([await resting(), await clearCooldowns(story.app, story.thread)]).toEqual([0, 0]);
    await retryRun(story.app, id);
    await story.app.queue.idle();
    expect(await listFailedRuns(story.app, 100)).toEqual([]);
  });

  test('heeds the cooldown of its bot, and starts it', async () => {
    const story = await TestGroup.alone(bots);
    const bot = await story.bot('Tired', { cooldown: 60 });
    await story.attach('act', {}, bot);
    await story.watch('Ada', 'hi');
    mend(story);
    const [{ id = '' } = {}] = await listFailedRuns(story.app, 1);
    await expect(retryRun(story.app, id)).rejects.toThrow('its bot is on cooldown until');
    story.clock.advance(60_000);
    await retryRun(story.app, id);
    await story.app.queue.idle();
    const resting = await story.app.store.cooldowns.endings([bot.id], story.clock.now());
    expect(resting.size).toBe(1);
  });

  test('is for admins where the action is by now', async () => {
    const story = await TestGroup.alone(bots);
    await story.attach('act');
    await story.watch('Bob', 'hi');
    story.change('update bot_actions set admin_only = 1');
    const [{ id = '' } = {}] = await listFailedRuns(story.app, 1);
    await expect(retryRun(story.app, id)).rejects.toThrow('its action is now for admins only');
  });
});

describe('pruning', () => {
  test('forgets those that failed so many days ago, and nothing else', async () => {
    const { story, failed } = await open(2);
    story.clock.advance(3 * 24 * 60 * 60 * 1_000 - 999);
    expect(await pruneFailedRuns(story.app, 3)).toBe(1);
    expect(await listFailedRuns(story.app, 100)).toEqual(failed.slice(0, 1));
    story.clock.advance(1);
    expect(await pruneFailedRuns(story.app, 0)).toBe(1);
    expect(await pruneFailedRuns(story.app, 0)).toBe(0);
    expect(await story.written()).toHaveLength(6);
  });

  test('keeps those whose message is still being answered', async () => {
    const { story, failed } = await open(1);
    story.clock.advance(1);
    const job = { queue: 'other', key: story.thread.id, kind: 'answer-message', payload: {} };
    await story.app.store.jobs.insert(job, at(0));
    expect(await pruneFailedRuns(story.app, 0)).toBe(0);
    story.change("update jobs set status = 'failed'");
    expect([await pruneFailedRuns(story.app, 0), failed.length]).toEqual([1, 1]);
  });
});
