import { expect, test } from 'vitest';
import { timestamp } from '../../src/base/clock.ts';
import { at, seed } from '../support/records.ts';
import { openStore } from '../support/stores.ts';

test.each([
  ['before its end', at(29), [['action', at(30)]]],
  ['a microsecond before its end', timestamp(Date.UTC(2026, 0, 1, 0, 0, 29, 999), 999), [['action', at(30)]]],
  ['at its end', at(30), []],
  ['after its end', at(31), []],
])('a rest of 30 seconds: %s', async (_, now, expected) => {
  const { cooldowns } = await openStore();
  await cooldowns.start('action', at(30));
  expect([...(await cooldowns.endings(['action', 'other'], now))]).toEqual(expected);
});

test.each([
  ['a longer', at(60)],
  ['a shorter', at(10)],
])('%s rest takes the place of the one before', async (_, until) => {
  const { cooldowns } = await openStore();
  await cooldowns.start('action', at(30));
  await cooldowns.start('action', until);
  expect(await cooldowns.endings(['action'], at(0))).toEqual(new Map([['action', until]]));
});

test('who is released does not rest any more; the others go on resting', async () => {
  const { cooldowns } = await openStore();
  for (const subject of ['action', 'bot', 'other']) await cooldowns.start(subject, at(30));
  await cooldowns.release('action');
  await cooldowns.release('nobody');
  const resting = await cooldowns.endings(['action', 'bot', 'nobody'], at(0));
  expect(resting).toEqual(new Map([['bot', at(30)]]));
});

test('who was released may rest again', async () => {
  const { cooldowns } = await openStore();
  await cooldowns.start('action', at(30));
  await cooldowns.release('action');
  await cooldowns.start('action', at(40));
  expect(await cooldowns.endings(['action'], at(0))).toEqual(new Map([['action', at(40)]]));
});

test('of nobody, nobody rests', async () => {
  const { cooldowns } = await openStore();
  await cooldowns.start('action', at(30));
  expect(await cooldowns.endings([], at(0))).toEqual(new Map());
});

test('the bots and actions of a thread are released together; those of another go on resting', async () => {
  const store = await openStore();
  const [here, there] = [await seed(store), await seed(store)];
  for (const { bot, action } of [here, there]) {
    await store.cooldowns.start(bot.id, at(10));
    await store.cooldowns.start(action.id, at(30));
  }
  expect(await store.cooldowns.releaseThread(here.thread.id, at(20))).toBe(1);
  const all = [here, there].flatMap(({ bot, action }) => [bot.id, action.id]);
  const left = await store.cooldowns.endings(all, at(0));
  expect([...left.keys()].sort()).toEqual([there.bot.id, there.action.id].sort());
});
