import { expect, test } from 'vitest';
import type { Invite } from '../../src/domain/invite.ts';
import { anInvite, at, hardText, seed } from '../support/records.ts';
import { openStore } from '../support/stores.ts';

test.each<[string, Partial<Invite>]>([
  ['a plain one', {}],
  ['one of a bot', { owner: { type: 'bot', id: '0' } }],
  ['one that ends', { expiresAt: at(60), maxUse: 5, uses: 4, createdAt: at(3) }],
  ['one with a hard code', { code: hardText }],
])('an invite is found as it was stored: %s', async (_, more) => {
  const store = await openStore();
  const { thread } = await seed(store);
  const invite = anInvite({ threadId: thread.id, ...more });
  await store.invites.insert(invite);
  expect(await store.invites.valid(thread.id, at(0))).toEqual([invite]);
});

test.each<[string, Partial<Invite>, boolean]>([
  ['without an end', {}, true],
  ['used often, without a limit', { maxUse: 0, uses: 99 }, true],
  ['with one use left', { maxUse: 3, uses: 2 }, true],
  ['used up', { maxUse: 3, uses: 3 }, false],
  ['just before its end', { expiresAt: at(10.001) }, true],
  ['at its end', { expiresAt: at(10) }, false],
  ['after its end, with uses left', { expiresAt: at(9), maxUse: 3 }, false],
  ['before its end, used up', { expiresAt: at(11), maxUse: 3, uses: 3 }, false],
])('an invite %s is valid: %j is %s', async (_, more, expected) => {
  const store = await openStore();
  const { thread } = await seed(store);
  const invite = anInvite({ threadId: thread.id, ...more });
  await store.invites.insert(invite);
  expect(await store.invites.valid(thread.id, at(10))).toEqual(expected ? [invite] : []);
});

test('the invites of a thread come newest first, those of another not at all', async () => {
  const store = await openStore();
  const [here, elsewhere] = [await seed(store), await seed(store)];
  const [old, young] = [anInvite({ threadId: here.thread.id }), anInvite({ threadId: here.thread.id })];
  for (const invite of [young, old, anInvite({ threadId: elsewhere.thread.id })]) {
    await store.invites.insert(invite);
  }
  expect(await store.invites.valid(here.thread.id, at(0))).toEqual([young, old]);
});

test('a code leads to one group', async () => {
  const store = await openStore();
  const { thread } = await seed(store);
  const insert = () => store.invites.insert(anInvite({ threadId: thread.id, code: 'open-sesame' }));
  await insert();
  await expect(insert()).rejects.toThrow(/unique/i);
});
