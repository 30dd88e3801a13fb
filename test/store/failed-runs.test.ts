import { describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import type { Run } from '../../src/domain/run.ts';
import type { Store } from '../../src/store/store.ts';
import { aMessage, anAction, aRun, at, hardText, seed } from '../support/records.ts';
import { openStore } from '../support/stores.ts';

const error = { code: 'HANDLER_THREW', message: hardText, stack: null };

/** A store with a message, and a function that adds a run of it that ended after so many seconds. */
async function openWithRuns() {
  const store = await openStore();
  const place = await seed(store);
  const add = async (seconds: number, more: Partial<Run> = {}): Promise<Run> => {
    const run = aRun({
      messageId: place.message.id,
      botId: place.bot.id,
      status: 'failed',
      error,
      finishedAt: at(seconds),
      ...more,
    });
    await store.runs.insert([run]);
    return run;
  };
  return { store, ...place, add };
}

/** A handled run with a warning. */
const warned: Partial<Run> = { status: 'handled' };

const idsOf = (found: ReadonlyArray<{ run: Run }>): string[] => found.map(({ run }) => run.id);

describe('the newest', () => {
  test('come with their place, and with the payload of their action', async () => {
    const { store, thread, bot, add } = await openWithRuns();
    const action = await store.bots.insertAction(anAction({ botId: bot.id, payload: { reply: hardText } }));
    const run = await add(1, { actionId: action.id });
    expect(await store.failedRuns.newest(9)).toEqual([
      {
        run,
        thread: { id: thread.id, subject: thread.subject },
        bot: { id: bot.id, name: bot.name },
        payload: { reply: hardText },
      },
    ]);
  });

  test('are failures and warnings together, newest first, as many as asked for', async () => {
    const { store, add } = await openWithRuns();
    const runs = [await add(2), await add(4, warned), await add(1, warned), await add(3)];
    const [two, four, one, three] = runs.map(({ id }) => id);
    expect(idsOf(await store.failedRuns.newest(9))).toEqual([four, three, two, one]);
    expect(idsOf(await store.failedRuns.newest(2))).toEqual([four, three]);
    expect(await store.failedRuns.newest(0)).toEqual([]);
  });

  test('that ended in the same microsecond are in the order of their ids, latest first', async () => {
    const { store, add } = await openWithRuns();
    const ids = [(await add(1)).id, (await add(1, warned)).id, (await add(1)).id];
    expect(idsOf(await store.failedRuns.newest(9))).toEqual(ids.toSorted().reverse());
  });

  test('have no name and no payload where the bot and its action are gone', async () => {
    const { store, add } = await openWithRuns();
    const { botId } = await add(1, { botId: newId() });
    expect(await store.failedRuns.newest(9)).toMatchObject([
      { bot: { id: botId, name: null }, payload: null },
    ]);
  });

  test.each<[string, Partial<Run>]>([
    ['running', { status: 'running', finishedAt: null, error: null }],
    ['waiting for its retry', { status: 'waiting' }],
    ['handled without a warning', { status: 'handled', error: null }],
    ['skipped', { status: 'skipped', reason: 'admin_only', error: null }],
    ['stopped', { status: 'stopped', reason: 'disabled', error: null }],
  ])('are without a run that is %s', async (_, more) => {
    const { store, add } = await openWithRuns();
    const { id } = await add(1, more);
    expect(await store.failedRuns.newest(9)).toEqual([]);
    expect(await store.failedRuns.ids()).toEqual([]);
    expect(await store.failedRuns.startingWith(id, 9)).toEqual([]);
    expect(await store.failedRuns.warnedStartingWith(id, 9)).toEqual([]);
  });
});

describe('by the beginning of an id', () => {
  test.each([
    ['all with that beginning, newest first', '01', ['01b', '01a']],
    ['one by its whole id', '01a', ['01a']],
    ['none by more than its id', '01ab', []],
    ['all by nothing', '', ['02_', '01b', '01a']],
    ['none by a wildcard of SQL', '0%', []],
    ['one by a character that is a wildcard of SQL', '02_', ['02_']],
    ['none by another case', '01A', []],
    ['none by a quote', "'", []],
  ])('%s', async (_, prefix, expected) => {
    const { store, add } = await openWithRuns();
    for (const [index, id] of ['01a', '01b', '02_'].entries()) await add(index, { id });
    expect(idsOf(await store.failedRuns.startingWith(prefix, 9))).toEqual(expected);
  });

  test('failures and warnings apart, as many as asked for', async () => {
    const { store, add } = await openWithRuns();
    await add(1, { id: 'a failure' });
    for (const seconds of [1, 2]) await add(seconds, { ...warned, id: `a warning ${seconds}` });
    expect(idsOf(await store.failedRuns.startingWith('a', 9))).toEqual(['a failure']);
    expect(idsOf(await store.failedRuns.warnedStartingWith('a', 1))).toEqual(['a warning 2']);
  });
});

test('those of a thread are found without those of another, and without warnings', async () => {
  const { store, thread, add } = await openWithRuns();
  const elsewhere = await seed(store);
  const [one, two] = [await add(1), await add(2)];
  await add(3, warned);
  await add(4, { messageId: elsewhere.message.id });
  expect(idsOf(await store.failedRuns.inThread(thread.id, 9))).toEqual([two.id, one.id]);
  expect(idsOf(await store.failedRuns.inThread(thread.id, 1))).toEqual([two.id]);
  expect(await store.failedRuns.inThread(newId(), 9)).toEqual([]);
});

test('all ids are in the order of their messages, whenever the runs failed', async () => {
  const { store, thread, message, add } = await openWithRuns();
  const later = await store.messages.insert(aMessage({ threadId: thread.id }));
  const ids = [
    (await add(1, { messageId: later.id })).id,
    (await add(3, { messageId: message.id })).id,
    (await add(2, { messageId: message.id })).id,
  ];
  expect(await store.failedRuns.ids()).toEqual([...ids.slice(1).sort(), ids[0]]);
});

test('warnings up to a moment are forgotten, and their runs stay', async () => {
  const { store, add } = await openWithRuns();
  const [old, exact, young] = [await add(1, warned), await add(2, warned), await add(3, warned)];
  const failed = await add(1);
  expect(await store.failedRuns.forgetWarningsBefore(at(2))).toBe(2);
  expect(await store.failedRuns.forgetWarningsBefore(at(2))).toBe(0);
  expect(idsOf(await store.failedRuns.newest(9))).toEqual([young.id, failed.id]);
  for (const run of [old, exact]) expect(await store.runs.find(run.id)).toEqual({ ...run, error: null });
});

describe('deleting', () => {
  const left = async (store: Store): Promise<string[]> => (await store.failedRuns.ids()).sort();

  test('takes those that failed up to a moment, with their effects, and no others', async () => {
    const { store, add } = await openWithRuns();
    const [old, exact, young] = [await add(1), await add(2), await add(3)];
    const warning = await add(1, warned);
    await store.runs.insertEffect(old.id, 1, 'message', '"hi"', at(0));
    expect(await store.failedRuns.deleteBefore(at(2), 9)).toBe(2);
    expect(await left(store)).toEqual([young.id]);
    for (const { id } of [old, exact]) expect(await store.runs.find(id)).toBeUndefined();
    expect(await store.runs.effect(old.id, 1)).toBeUndefined();
    expect(await store.runs.find(warning.id)).toEqual(warning);
  });

  test('takes no more at once than asked for', async () => {
    const { store, add } = await openWithRuns();
    for (const seconds of [1, 2, 3]) await add(seconds);
    expect(await store.failedRuns.deleteBefore(at(9), 2)).toBe(2);
    expect(await store.failedRuns.deleteBefore(at(9), 2)).toBe(1);
    expect(await store.failedRuns.deleteBefore(at(9), 2)).toBe(0);
  });

  test.each<[string, string | undefined, number, boolean]>([
    ['is being answered', undefined, 0, true],
    ['came before a later message of its thread', undefined, 5, false],
    ['is in another thread', 'elsewhere', 0, false],
  ])('keeps a run whose message %s', async (_, key, queuedAt, isKept) => {
    const { store, thread, add } = await openWithRuns();
    const { id } = await add(1, { startedAt: at(1) });
    const job = { queue: 'messages', key: key ?? thread.id, kind: 'answer', payload: {} };
    await store.jobs.insert(job, at(queuedAt));
    expect(await store.failedRuns.deleteBefore(at(9), 9)).toBe(isKept ? 0 : 1);
    expect(await left(store)).toEqual(isKept ? [id] : []);
  });

  test('does not wait for a job that was given up', async () => {
    const { store, thread, add } = await openWithRuns();
    await add(1, { startedAt: at(1) });
    await store.jobs.insert({ queue: 'messages', key: thread.id, kind: 'answer', payload: {} }, at(0));
    const job = await store.jobs.claim({ queue: 'messages' }, { owner: 'me', until: at(60) }, at(0));
    if (job === undefined) throw new Error('there is no job');
    await store.jobs.fail(job, 'given up', at(1));
    expect(await store.failedRuns.deleteBefore(at(9), 9)).toBe(1);
  });
});
