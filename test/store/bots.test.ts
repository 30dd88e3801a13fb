import { describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { matchMethods } from '../../src/domain/match.ts';
import type { NewBotAction } from '../../src/store/bots.ts';
import type { Store } from '../../src/store/store.ts';
import { aBot, anAction, aThread, at, hardText, seed } from '../support/records.ts';
import { openStore } from '../support/stores.ts';

/** A group without bots. */
async function emptyGroup(store: Store) {
  const thread = aThread();
  await store.threads.insert(thread);
  return thread;
}

describe('bots', () => {
  test.each([
    ['a plain bot', {}],
    ['a bot with a hard name', { name: hardText, createdAt: at(5), updatedAt: at(6) }],
    ['a disabled bot', { enabled: false }],
    ['a bot that hides its actions', { hideActions: true }],
    ['a bot with a picture that rests', { avatar: 'robbie.png', cooldown: 900 }],
    ['a bot made by a bot', { owner: { type: 'bot' as const, id: newId() } }],
  ])('%s is found as it was stored', async (_, more) => {
    const store = await openStore();
    const { id: threadId } = await emptyGroup(store);
    const bot = aBot({ threadId, ...more });
    await store.bots.insert(bot);
    await store.bots.insert(aBot({ threadId }));
    expect(await store.bots.find(bot.id)).toEqual(bot);
  });

  test('one that is not there is not found', async () => {
    const { bots } = await openStore();
    expect(await bots.find(newId())).toBeUndefined();
  });

  test('of a thread are listed oldest first, each with its own actions in their order', async () => {
    const store = await openStore();
    const [{ id: threadId }, elsewhere] = [await emptyGroup(store), await seed(store)];
    const [old, middle, young] = [aBot({ threadId }), aBot({ threadId }), aBot({ threadId })];
    for (const bot of [young, middle, old]) await store.bots.insert(bot);
    const attach = (botId: string) => store.bots.insertAction(anAction({ botId }));
    const [first, second, third] = [await attach(young.id), await attach(old.id), await attach(young.id)];
    expect(await store.bots.inThread(threadId)).toEqual([
      { bot: old, actions: [second] },
      { bot: middle, actions: [] },
      { bot: young, actions: [first, third] },
    ]);
    expect(await store.bots.inThread(elsewhere.thread.id)).toEqual([
      { bot: elsewhere.bot, actions: [elsewhere.action] },
    ]);
    expect(await store.bots.inThread(newId())).toEqual([]);
  });
});

describe('archived bots', () => {
  test('are neither found nor listed; their actions stay', async () => {
    const store = await openStore();
    const { thread, bot, action } = await seed(store);
    const other = aBot({ threadId: thread.id });
    await store.bots.insert(other);
    expect(await store.bots.archive(bot.id, at(7))).toBe(true);
    expect(await store.bots.find(bot.id)).toBeUndefined();
    expect(await store.bots.inThread(thread.id)).toEqual([{ bot: other, actions: [] }]);
    expect(await store.bots.actionsOf(bot.id)).toEqual([action]);
    expect(await store.archivedBots.inThread(thread.id)).toEqual([{ ...bot, archivedAt: at(7) }]);
  });

  test('come back as they were', async () => {
    const store = await openStore();
    const { thread, bot, action } = await seed(store);
    await store.bots.archive(bot.id, at(7));
    expect(await store.bots.restore(bot.id)).toBe(true);
    expect(await store.bots.inThread(thread.id)).toEqual([{ bot, actions: [action] }]);
    expect(await store.archivedBots.inThread(thread.id)).toEqual([]);
  });

  test('of a thread are listed last archived first', async () => {
    const store = await openStore();
    const [{ id: threadId }, elsewhere] = [await emptyGroup(store), await seed(store)];
    const [one, two, three] = [aBot({ threadId }), aBot({ threadId }), aBot({ threadId })];
    for (const bot of [one, two, three]) await store.bots.insert(bot);
    await store.bots.archive(two.id, at(1));
    await store.bots.archive(three.id, at(3));
    await store.bots.archive(one.id, at(2));
    await store.bots.archive(elsewhere.bot.id, at(4));
    const archived = await store.archivedBots.inThread(threadId);
    expect(archived.map(({ id }) => id)).toEqual([three.id, one.id, two.id]);
  });
});

describe('a bot that', () => {
  test('is archived keeps the time of its archiving', async () => {
    const store = await openStore();
    const { thread, bot } = await seed(store);
    await store.bots.archive(bot.id, at(7));
    expect(await store.bots.archive(bot.id, at(8))).toBe(false);
    expect(await store.archivedBots.inThread(thread.id)).toEqual([{ ...bot, archivedAt: at(7) }]);
  });

  test('is not archived, or is not there, cannot be restored or archived', async () => {
    const store = await openStore();
    const { bot } = await seed(store);
    expect(await store.bots.restore(bot.id)).toBe(false);
    expect(await store.bots.restore(newId())).toBe(false);
    expect(await store.bots.archive(newId(), at(7))).toBe(false);
    expect(await store.bots.find(bot.id)).toEqual(bot);
  });
});

describe('what is purged', () => {
  /** Four bots with an action each: archived after 1, 2 and 3 seconds, and not archived. */
  async function fourBots(store: Store) {
    const { id: threadId } = await emptyGroup(store);
    const bots = [aBot({ threadId }), aBot({ threadId }), aBot({ threadId }), aBot({ threadId })];
    for (const bot of bots) {
      await store.bots.insert(bot);
      const action = await store.bots.insertAction(anAction({ botId: bot.id }));
      for (const subject of [bot.id, action.id]) await store.cooldowns.start(subject, at(900));
    }
    for (const [index, seconds] of [3, 1, 2].entries()) {
      await store.bots.archive(bots[index]?.id ?? '', at(seconds));
    }
    return { threadId, ids: bots.map((bot) => bot.id) };
  }

  test.each([
    [0, 10, []],
    [1, 10, [1]],
    [2, 10, [1, 2]],
    [3, 10, [1, 2, 0]],
    [9, 10, [1, 2, 0]],
    [9, 2, [1, 2]],
  ])('up to second %d are, at most %d, the bots %j', async (seconds, limit, expected) => {
    const store = await openStore();
    const { ids, threadId } = await fourBots(store);
    const found = await store.archivedBots.before(at(seconds), limit);
    expect(found).toEqual(expected.map((index) => ({ id: ids[index], threadId })));
    const all = (await store.archivedBots.before(at(seconds), 10)).length;
    expect(await store.archivedBots.countBefore(at(seconds))).toEqual({ bots: all, actions: all });
  });

  test('goes with its actions and their rests, and nothing else does', async () => {
    const store = await openStore();
    const { ids, threadId } = await fourBots(store);
    await store.bots.insertAction(anAction({ botId: ids[1] ?? '' }));
    const [, gone = '', alsoGone = '', kept = ''] = ids;
    const [action] = await store.bots.actionsOf(gone);
    expect(await store.archivedBots.delete([gone, alsoGone])).toBe(3);
    expect((await store.archivedBots.inThread(threadId)).map(({ id }) => id)).toEqual([ids[0]]);
    expect(await store.bots.actionsOf(gone)).toEqual([]);
    expect(await store.bots.actionsOf(kept)).toHaveLength(1);
    const resting = await store.cooldowns.endings([gone, alsoGone, action?.id ?? '', kept], at(0));
    expect([...resting.keys()]).toEqual([kept]);
    expect(await store.archivedBots.delete([])).toBe(0);
  });
});

describe('actions', () => {
  test.each<[string, Partial<NewBotAction>]>([
    ['a plain action', {}],
    ['one without triggers', { match: 'any', triggers: null }],
    ['one with hard triggers', { triggers: 'c++|:)|👋|0|01' }],
    ['one with a payload', { payload: { replies: ['hi', hardText], deep: { list: [1, null, false] } } }],
    ['one with an empty payload', { payload: {} }],
    ['a disabled one', { enabled: false }],
    ['one for admins that rests', { adminOnly: true, cooldown: 900, createdAt: at(5), updatedAt: at(6) }],
    ...matchMethods.map(
      (match) => [`one that matches ${match}`, { match }] satisfies [string, Partial<NewBotAction>],
    ),
  ])('%s is found as it was stored', async (_, more) => {
    const store = await openStore();
    const { bot } = await seed(store);
    const draft = anAction({ botId: bot.id, ...more });
    const stored = await store.bots.insertAction(draft);
    expect(stored).toEqual({ ...draft, sequence: 2 });
    expect(await store.bots.findAction(draft.id)).toEqual(stored);
  });

  test('one that is not there is not found', async () => {
    const { bots } = await openStore();
    expect(await bots.findAction(newId())).toBeUndefined();
  });

  test('a removed one is gone, the others keep their order and its place is not given again', async () => {
    const store = await openStore();
    const { bot, action: first } = await seed(store);
    const attach = () => store.bots.insertAction(anAction({ botId: bot.id }));
    const [second, third] = [await attach(), await attach()];
    await store.bots.removeAction(third.id);
    const fourth = await attach();
    await store.bots.removeAction(first.id);
    expect(await store.bots.findAction(first.id)).toBeUndefined();
    expect(await store.bots.actionsOf(bot.id)).toEqual([second, fourth]);
    expect(fourth.sequence).toBeGreaterThan(third.sequence);
  });

  test('a bot without any has none', async () => {
    const store = await openStore();
    expect(await store.bots.actionsOf(newId())).toEqual([]);
  });
});
