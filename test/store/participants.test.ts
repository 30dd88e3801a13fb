import { expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { adminPermissions, type Participant } from '../../src/domain/participant.ts';
import { aParticipant, at, aUser, seed } from '../support/records.ts';
import { openStore } from '../support/stores.ts';

/** A group with people who joined one after the other, the first of them an admin. */
async function openWithPeople(count: number) {
  const store = await openStore();
  const { thread } = await seed(store);
  const elsewhere = (await seed(store)).thread;
  const people: Participant[] = [];
  for (let index = 0; index < count; index++) {
    const user = aUser();
    await store.users.insert(user);
    people.push(aParticipant({ threadId: thread.id, userId: user.id, admin: index === 0 }));
  }
  for (const participant of people) await store.participants.insert(participant);
  return { store: store.participants, threadId: thread.id, elsewhere: elsewhere.id, people };
}

test('a page has those who came after one of them, longest there first', async () => {
  const { store, threadId, elsewhere, people } = await openWithPeople(5);
  await store.remove(people[2]?.id ?? '', at(5));
  const page = async (after: string | undefined, limit: number) =>
    (await store.page(threadId, { after, limit })).map(({ id }) =>
      people.findIndex((each) => each.id === id),
    );
  expect(await page(undefined, 9)).toEqual([0, 1, 3, 4]);
  expect(await page(undefined, 2)).toEqual([0, 1]);
  expect(await page(people[1]?.id, 2)).toEqual([3, 4]);
  // Somebody who left is still a place in the order.
  expect(await page(people[2]?.id, 9)).toEqual([3, 4]);
  expect(await page(people[4]?.id, 9)).toEqual([]);
  expect(await store.page(elsewhere, { limit: 9 })).toEqual([]);
});

test('somebody is found by their id in their own thread, until they are removed', async () => {
  const { store, threadId, elsewhere, people } = await openWithPeople(2);
  const [participant] = people;
  const id = participant?.id ?? '';
  expect(await store.findById(threadId, id)).toEqual(participant);
  expect(await store.findById(elsewhere, id)).toBeUndefined();
  expect(await store.knownById(threadId, id)).toEqual({ participant, isPresent: true });
  await store.remove(id, at(5));
  expect(await store.findById(threadId, id)).toBeUndefined();
  expect(await store.knownById(threadId, id)).toEqual({ participant, isPresent: false });
  expect([await store.knownById(elsewhere, id), await store.knownById(threadId, newId())]).toEqual([
    undefined,
    undefined,
  ]);
});

test('permissions are stored with the time, and nothing else of the participant', async () => {
  const { store, threadId, people } = await openWithPeople(2);
  const [, member] = people;
  if (member === undefined) throw new Error('there is no member');
  const changed = { ...member, permissions: adminPermissions, updatedAt: at(9) };
  await store.setRights({ ...changed, muted: true, lastReadAt: at(9) });
  expect(await store.findById(threadId, member.id)).toEqual(changed);
  expect(await store.findById(threadId, people[0]?.id ?? '')).toEqual(people[0]);
});

test('a thread is muted and unmuted for one participant', async () => {
  const { store, threadId, people } = await openWithPeople(2);
  const [one, other] = people;
  for (const [muted, seconds] of [
    [true, 3],
    [false, 4],
  ] as const) {
    await store.setMuted(one?.id ?? '', muted, at(seconds));
    expect(await store.findById(threadId, one?.id ?? '')).toEqual({ ...one, muted, updatedAt: at(seconds) });
    expect(await store.findById(threadId, other?.id ?? '')).toEqual(other);
  }
});

test('people and admins are counted without those who were removed', async () => {
  const { store, threadId, people } = await openWithPeople(3);
  expect(await store.count(threadId)).toEqual({ all: 3, admins: 1 });
  await store.remove(people[1]?.id ?? '', at(5));
  expect(await store.count(threadId)).toEqual({ all: 2, admins: 1 });
  await store.remove(people[0]?.id ?? '', at(5));
  expect(await store.count(threadId)).toEqual({ all: 1, admins: 0 });
});
