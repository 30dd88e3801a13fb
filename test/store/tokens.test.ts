import { expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { aToken, at, aUser } from '../support/records.ts';
import { openStore } from '../support/stores.ts';

/** A store with a person who has two tokens, and another person who has one. */
async function openWithTokens() {
  const store = await openStore();
  const [ada, bob] = [aUser(), aUser()];
  for (const user of [ada, bob]) await store.users.insert(user);
  const tokens = [
    aToken({ userId: ada.id, hash: '1'.repeat(64) }),
    aToken({ userId: ada.id, lastUsedAt: at(2), createdAt: at(1) }),
    aToken({ userId: bob.id }),
  ] as const;
  for (const token of tokens.toReversed()) await store.tokens.insert(token);
  return { store: store.tokens, ada, bob, tokens };
}

test('tokens are found by their id as they were stored', async () => {
  const { store, tokens } = await openWithTokens();
  expect(await Promise.all(tokens.map(({ id }) => store.find(id)))).toEqual(tokens);
  expect(await store.find(newId())).toBeUndefined();
});

test('the tokens of a person are listed oldest first, also those that were revoked', async () => {
  const { store, ada, tokens } = await openWithTokens();
  await store.revoke(tokens[0].id, at(5));
  expect(await store.ofUser(ada.id)).toEqual([{ ...tokens[0], revokedAt: at(5) }, tokens[1]]);
  expect(await store.ofUser(newId())).toEqual([]);
});

test('the last use is stored for one token', async () => {
  const { store, tokens } = await openWithTokens();
  await store.setLastUsed(tokens[0].id, at(9));
  expect((await store.find(tokens[0].id))?.lastUsedAt).toBe(at(9));
  expect(await store.find(tokens[1].id)).toEqual(tokens[1]);
});

test('revoking all counts those that were valid, keeps the time of the others, and spares other people', async () => {
  const { store, ada, bob, tokens } = await openWithTokens();
  await store.revoke(tokens[0].id, at(5));
  expect([await store.revokeAll(ada.id, at(6)), await store.revokeAll(ada.id, at(7))]).toEqual([1, 0]);
  expect((await store.ofUser(ada.id)).map(({ revokedAt }) => revokedAt)).toEqual([at(5), at(6)]);
  expect(await store.ofUser(bob.id)).toEqual([tokens[2]]);
});
