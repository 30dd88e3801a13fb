import { describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { newParticipantPermissions } from '../../src/domain/participant.ts';
import type { User } from '../../src/domain/user.ts';
import { aParticipant, at, aUser, hardText, seed } from '../support/records.ts';
import { openStore } from '../support/stores.ts';

describe('users', () => {
  test('are found by their id and by their name, as they were stored', async () => {
    const { users } = await openStore();
    const ada = aUser({ name: `Ada ${hardText}`, createdAt: at(1), updatedAt: at(2) });
    await users.insert(ada);
    await users.insert(aUser());
    expect(await users.find(ada.id)).toEqual(ada);
    expect(await users.findByName(ada.name)).toEqual(ada);
  });

  test.each(['Ada', 'ADA ', ' ada', 'ad', 'åda', '%', ''])('%j is not ada', async (name) => {
    const { users } = await openStore();
    await users.insert(aUser({ name: 'ada' }));
    expect(await users.findByName(name)).toBeUndefined();
  });

  test('have a name of their own', async () => {
    const { users } = await openStore();
    await users.insert(aUser({ name: 'Ada' }));
    await expect(users.insert(aUser({ name: 'Ada' }))).rejects.toThrow(/unique/i);
  });

  test('that are not there are not found', async () => {
    const { users } = await openStore();
    expect(await users.find(newId())).toBeUndefined();
  });
});

describe('participants', () => {
  const none = Object.fromEntries(Object.keys(newParticipantPermissions).map((right) => [right, false]));

  test.each(Object.keys(newParticipantPermissions))('keep the right to %s by itself', async (right) => {
    const store = await openStore();
    const { user, thread } = await seed(store);
    const permissions = { ...newParticipantPermissions, ...none, [right]: true };
    const participant = aParticipant({ threadId: thread.id, userId: user.id, permissions });
    await store.participants.insert(participant);
    expect(await store.participants.find(thread.id, user.id)).toEqual(participant);
  });

  test.each([
    ['an admin who has read', { admin: true, lastReadAt: at(9), createdAt: at(3), updatedAt: at(4) }],
    ['a member who has not', { admin: false, lastReadAt: null }],
  ])('are found as they were stored: %s', async (_, more) => {
    const store = await openStore();
    const { user, thread } = await seed(store);
    const participant = aParticipant({ threadId: thread.id, userId: user.id, ...more });
    await store.participants.insert(participant);
    expect(await store.participants.find(thread.id, user.id)).toEqual(participant);
  });

  test('are found in their own thread only, each person by itself', async () => {
    const store = await openStore();
    const [one, other] = [await seed(store), await seed(store)];
    await store.participants.insert(aParticipant({ threadId: one.thread.id, userId: one.user.id }));
    expect(await store.participants.find(other.thread.id, one.user.id)).toBeUndefined();
    expect(await store.participants.find(one.thread.id, other.user.id)).toBeUndefined();
  });

  test('are in a thread once', async () => {
    const store = await openStore();
    const { user, thread } = await seed(store);
    const insert = () => store.participants.insert(aParticipant({ threadId: thread.id, userId: user.id }));
    await insert();
    await expect(insert()).rejects.toThrow(/unique/i);
  });

  test('become admins, and members again, nobody else with them', async () => {
    const store = await openStore();
    const { user, thread } = await seed(store);
    const other = aUser();
    await store.users.insert(other);
    const participant = aParticipant({ threadId: thread.id, userId: user.id });
    await store.participants.insert(participant);
    await store.participants.insert(aParticipant({ threadId: thread.id, userId: other.id }));
    const isAdmin = async ({ id }: User) => (await store.participants.find(thread.id, id))?.admin;
    await store.participants.setAdmin(participant.id, true);
    expect([await isAdmin(user), await isAdmin(other)]).toEqual([true, false]);
    await store.participants.setAdmin(participant.id, false);
    expect([await isAdmin(user), await isAdmin(other)]).toEqual([false, false]);
  });

  test('remember what they have read in this thread, not in another', async () => {
    const store = await openStore();
    const [one, other] = [await seed(store), await seed(store)];
    for (const { thread } of [one, other]) {
      await store.participants.insert(aParticipant({ threadId: thread.id, userId: one.user.id }));
    }
    await store.participants.markRead(one.thread.id, one.user.id, at(7));
    const readIn = async (threadId: string) =>
      (await store.participants.find(threadId, one.user.id))?.lastReadAt;
    expect(await readIn(one.thread.id)).toBe(at(7));
    expect(await readIn(other.thread.id)).toBeNull();
  });

  test('of a thread are listed with their names, longest there first', async () => {
    const store = await openStore();
    const [here, elsewhere] = [await seed(store), await seed(store)];
    const threadId = here.thread.id;
    const [first, second] = [
      aParticipant({ threadId, userId: elsewhere.user.id, admin: true }),
      aParticipant({ threadId, userId: here.user.id }),
    ];
    for (const participant of [second, first]) await store.participants.insert(participant);
    await store.participants.insert(
      aParticipant({ threadId: elsewhere.thread.id, userId: elsewhere.user.id }),
    );
    expect(await store.participants.inThread(threadId)).toEqual([
      { participant: first, name: elsewhere.user.name },
      { participant: second, name: here.user.name },
    ]);
    expect(await store.participants.inThread(newId())).toEqual([]);
  });
});
