import { expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { aParticipant, at, aUser, seed } from '../support/records.ts';
import { openStore } from '../support/stores.ts';

test('people are found by several ids, each once, and unknown ids are left out', async () => {
  const { users } = await openStore();
  const [ada, bob] = [aUser(), aUser()];
  for (const user of [ada, bob, aUser()]) await users.insert(user);
  const found = await users.findAll([bob.id, newId(), ada.id, bob.id]);
  expect(found).toHaveLength(2);
  expect(found).toEqual(expect.arrayContaining([ada, bob]));
  expect(await users.findAll([])).toEqual([]);
});

test('a new name is stored for one person, with its time, and frees the old one', async () => {
  const { users } = await openStore();
  const [ada, bob] = [aUser({ name: 'Ada' }), aUser({ name: 'Bob' })];
  for (const user of [ada, bob]) await users.insert(user);
  await users.rename(ada.id, 'Ada Byron', at(9));
  expect(await users.find(ada.id)).toEqual({ ...ada, name: 'Ada Byron', updatedAt: at(9) });
  expect(await users.find(bob.id)).toEqual(bob);
  await users.rename(bob.id, 'Ada', at(9));
  await expect(users.rename(bob.id, 'Ada Byron', at(9))).rejects.toThrow(/unique/i);
});

test('the people outside of a thread are listed by name, with those who left it', async () => {
  const store = await openStore();
  const [here, elsewhere] = [await seed(store), await seed(store)];
  const names = ['Zoe', 'Ada', 'bob', 'Eve', 'Gone'];
  const people = names.map((name) => aUser({ name }));
  for (const user of people) await store.users.insert(user);
  const join = (threadId: string, userId: string | undefined) => {
    const participant = aParticipant({ threadId, userId: userId ?? '' });
    return store.participants.insert(participant).then(() => participant);
  };
  await join(here.thread.id, people[3]?.id);
  await join(elsewhere.thread.id, people[1]?.id);
  await store.participants.remove((await join(here.thread.id, people[4]?.id)).id, at(5));
  const outside = async (limit: number) =>
    (await store.users.outside(here.thread.id, limit))
      .map(({ name }) => name)
      .filter((name) => names.includes(name));
  expect(await outside(99)).toEqual(['Ada', 'Gone', 'Zoe', 'bob']);
  expect(await outside(2)).toEqual(['Ada', 'Gone']);
});
