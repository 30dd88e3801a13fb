import { describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import type { Run } from '../../src/domain/run.ts';
import { aRun, at, hardText, seed } from '../support/records.ts';
import { openStore } from '../support/stores.ts';

/** A store with one message and one run of it. */
async function openWithRun(more: Partial<Run> = {}) {
  const store = await openStore();
  const { message } = await seed(store);
  const run = aRun({ messageId: message.id, ...more });
  await store.runs.insert([run]);
  const stored = async () => (await store.runs.ofMessage(message.id)).get(run.actionId);
  return { store, message, run, stored };
}

const error = { code: 'HANDLER_THREW', message: hardText, stack: 'at bots/HelloBot.ts:3:5' };

describe('runs', () => {
  test.each<[string, Partial<Run>]>([
    ['a new one', {}],
    ['one without a trigger', { trigger: null }],
    ['one with a hard trigger', { trigger: hardText, attempts: 2 }],
    ['a skipped one', { status: 'skipped', reason: 'admin_only', finishedAt: at(1) }],
    ['a failed one', { status: 'failed', error, finishedAt: at(1) }],
    ['a failed one without frames', { status: 'failed', error: { ...error, stack: null } }],
  ])('%s is found as it was stored', async (_, more) => {
    const { run, stored } = await openWithRun(more);
    expect(await stored()).toEqual(run);
  });

  test('of a message are found by their actions', async () => {
    const { store, message, run } = await openWithRun();
    const second = aRun({ messageId: message.id });
    await store.runs.insert([second]);
    const elsewhere = await seed(store);
    await store.runs.insert([aRun({ messageId: elsewhere.message.id })]);
    const found = await store.runs.ofMessage(message.id);
    expect([...found]).toEqual([
      [run.actionId, run],
      [second.actionId, second],
    ]);
    expect(await store.runs.ofMessage(newId())).toEqual(new Map());
  });

  test('are one for a message and an action', async () => {
    const { store, run } = await openWithRun();
    await expect(store.runs.insert([{ ...run, id: newId() }])).rejects.toThrow(/unique/i);
    await store.runs.insert([{ ...run, id: newId(), actionId: newId() }]);
  });

  test('are stored together, also none at all', async () => {
    const { store, message, run } = await openWithRun();
    const [second, third] = [aRun({ messageId: message.id }), aRun({ messageId: message.id })];
    await store.runs.insert([]);
    await store.runs.insert([second, third]);
    expect([...(await store.runs.ofMessage(message.id)).values()]).toEqual([run, second, third]);
  });

  test('count how often they were started', async () => {
    const { store, run, stored } = await openWithRun();
    await store.runs.setStarts(run.id, 3);
    expect(await stored()).toEqual({ ...run, starts: 3 });
    expect(await store.runs.find(run.id)).toEqual({ ...run, starts: 3 });
  });

  test.each([
    ['handled', null],
    ['failed', error],
  ] as const)('that ended are %s', async (status, ending) => {
    const { store, message, run, stored } = await openWithRun();
    const other = aRun({ messageId: message.id });
    await store.runs.insert([other]);
    await store.runs.finish(run.id, ending, at(9));
    expect(await stored()).toEqual({ ...run, status, error: ending, finishedAt: at(9) });
    expect((await store.runs.ofMessage(message.id)).get(other.actionId)).toEqual(other);
  });
});

describe('a run that failed', () => {
  test('waits, is started again, and may be given up with the error it has', async () => {
    const { store, run, stored } = await openWithRun({ attempts: 1 });
    await store.runs.waitAfter(run.id, error, at(5), { since: at(5), at: at(6) });
    expect(await stored()).toEqual({ ...run, status: 'waiting', error, finishedAt: at(5) });
    expect(await store.runs.reopen(run.id, at(6))).toBe(false);
    await store.runs.startAgain(run.id, 2);
    expect(await stored()).toEqual({ ...run, error, attempts: 2, starts: 0 });
    await store.runs.giveUp(run.id, at(7));
    expect(await stored()).toMatchObject({ status: 'failed', error, finishedAt: at(7) });
    expect(await store.runs.reopen(run.id, at(8))).toBe(true);
    expect(await store.runs.reopen(run.id, at(8))).toBe(false);
    expect(await stored()).toMatchObject({ status: 'waiting', error });
  });
});

describe('effects', () => {
  test('are found by their run and step as they were stored', async () => {
    const { store, message, run } = await openWithRun();
    const other = aRun({ messageId: message.id });
    await store.runs.insert([other]);
    const text = JSON.stringify({ body: hardText });
    await store.runs.insertEffect(run.id, 1, 'message', text, at(1));
    await store.runs.insertEffect(run.id, 2, 'reaction', 'null', at(2));
    expect(await store.runs.effect(run.id, 1)).toBe(text);
    expect(await store.runs.effect(run.id, 2)).toBe('null');
    expect(await store.runs.effect(run.id, 3)).toBeUndefined();
    expect(await store.runs.effect(other.id, 1)).toBeUndefined();
  });

  test('are one for a run and a step', async () => {
    const { store, message, run } = await openWithRun();
    const other = aRun({ messageId: message.id });
    await store.runs.insert([other]);
    await store.runs.insertEffect(run.id, 1, 'message', '"first"', at(1));
    const again = store.runs.insertEffect(run.id, 1, 'reaction', '"second"', at(2));
    await expect(again).rejects.toThrow(/unique/i);
    await store.runs.insertEffect(other.id, 1, 'message', '"other"', at(3));
    expect(await store.runs.effect(run.id, 1)).toBe('"first"');
  });
});
