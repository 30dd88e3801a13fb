import { describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import type { Store } from '../../src/store/store.ts';
import { aMessage, aParticipant, aThread, at, aUser } from '../support/records.ts';
import { openStore } from '../support/stores.ts';

/** Somebody in threads whose last activity is at these seconds, newest last. */
async function inThreads(store: Store, ...seconds: number[]) {
  const user = aUser();
  await store.users.insert(user);
  const threads = seconds.map((second) => aThread({ updatedAt: at(second) }));
  for (const thread of threads) {
    await store.threads.insert(thread);
    await store.participants.insert(aParticipant({ threadId: thread.id, userId: user.id }));
  }
  return { user, threads };
}

const idsOf = (items: ReadonlyArray<{ id: string }>) => items.map(({ id }) => id);

describe('the threads of somebody', () => {
  test('come newest activity first, a page at a time; the same moment is no trouble', async () => {
    const store = await openStore();
    const { user, threads } = await inThreads(store, 1, 3, 3, 2);
    const [one, two, three, four] = threads;
    const first = await store.conversations.page(user.id, { limit: 2 });
    expect(idsOf(first)).toEqual(idsOf([three, two].filter((thread) => thread !== undefined)));
    const rest = await store.conversations.page(user.id, { limit: 9, before: first[1] });
    expect(idsOf(rest)).toEqual([four?.id, one?.id]);
    expect(await store.conversations.count(user.id)).toBe(4);
  });

  test('are those they are in now, and of the kind that is asked for', async () => {
    const store = await openStore();
    const { user, threads } = await inThreads(store, 1, 2, 3);
    const [archived, left, kept] = threads;
    await store.threads.archive(archived?.id ?? '', at(9));
    const participant = await store.participants.find(left?.id ?? '', user.id);
    await store.participants.remove(participant?.id ?? '', at(9));
    expect(idsOf(await store.conversations.page(user.id, { limit: 9 }))).toEqual([kept?.id]);
    expect(await store.conversations.page(user.id, { limit: 9, kind: 'private' })).toEqual([]);
    expect(await store.conversations.count(user.id, 'group')).toBe(1);
  });

  test('are unread from what happened since they were read', async () => {
    const store = await openStore();
    const { user, threads } = await inThreads(store, 5, 5, 5);
    const [never, before, after] = threads.map(({ id }) => id);
    await store.participants.markRead(before ?? '', user.id, at(4));
    await store.participants.markRead(after ?? '', user.id, at(6));
    expect(await store.conversations.countUnread(user.id)).toBe(2);
    const threadId = before ?? '';
    for (const second of [3, 4, 5, 6]) {
      await store.messages.insert(aMessage({ threadId, createdAt: at(second) }));
    }
    await store.messages.insert(aMessage({ threadId, createdAt: at(7), archivedAt: at(8) }));
    const counts = await store.conversations.participations(user.id, [never ?? '', threadId]);
    expect(new Map(counts.map((one) => [one.participant.threadId, one.unreadCount]))).toEqual(
      new Map([
        [never, 0],
        [threadId, 2],
      ]),
    );
  });
});

describe('what everybody has seen', () => {
  test('is the last message before they read', async () => {
    const store = await openStore();
    const { user, threads } = await inThreads(store, 1);
    const threadId = threads[0]?.id ?? '';
    const participant = await store.participants.find(threadId, user.id);
    const id = participant?.id ?? '';
    expect(await store.conversations.lastSeen([id])).toEqual(new Map());
    const seen = await store.messages.insert(aMessage({ threadId, createdAt: at(2) }));
    await store.messages.insert(aMessage({ threadId, createdAt: at(3), archivedAt: at(9) }));
    await store.messages.insert(aMessage({ threadId, createdAt: at(5) }));
    await store.participants.markRead(threadId, user.id, at(4));
    expect(await store.conversations.lastSeen([id])).toEqual(new Map([[id, seen.id]]));
  });
});

describe('who hears of a thread', () => {
  test('is everybody who is in it and has not muted it', async () => {
    const store = await openStore();
    const { user, threads } = await inThreads(store, 1);
    const threadId = threads[0]?.id ?? '';
    const muted = aUser();
    await store.users.insert(muted);
    await store.participants.insert(aParticipant({ threadId, userId: muted.id, muted: true }));
    expect(await store.conversations.listeners(threadId)).toEqual([user.id]);
    expect(await store.conversations.others(user.id, [threadId])).toEqual(new Map([[threadId, muted.id]]));
    expect(await store.conversations.listeners(newId())).toEqual([]);
  });
});

describe('participants', () => {
  test('who are removed are known, and come back as who they were', async () => {
    const store = await openStore();
    const { user, threads } = await inThreads(store, 1);
    const threadId = threads[0]?.id ?? '';
    const participant = await store.participants.find(threadId, user.id);
    if (participant === undefined) throw new Error('Nobody is there.');
    expect(await store.participants.remove(participant.id, at(5))).toBe(true);
    expect(await store.participants.remove(participant.id, at(6))).toBe(false);
    expect(await store.participants.findById(threadId, participant.id)).toBeUndefined();
    expect(await store.participants.count(threadId)).toMatchObject({ all: 0 });
    expect(await store.participants.known(threadId, [user.id])).toEqual([{ participant, isPresent: false }]);
    expect(idsOf(await store.users.outside(threadId, 9))).toEqual([user.id]);
    await store.participants.setRights({ ...participant, admin: true });
    expect(await store.participants.findById(threadId, participant.id)).toBeUndefined();
    await store.participants.restore({ ...participant, admin: true });
    expect(await store.participants.findById(threadId, participant.id)).toMatchObject({ admin: true });
    expect(await store.participants.count(threadId)).toEqual({ all: 1, admins: 1 });
  });
});

describe('the newest messages', () => {
  test('of several threads come at once', async () => {
    const store = await openStore();
    const { threads } = await inThreads(store, 1, 2, 3);
    const [one, two, silent] = threads.map(({ id }) => id);
    await store.messages.insert(aMessage({ threadId: one ?? '' }));
    const newest = await store.messages.insert(aMessage({ threadId: one ?? '' }));
    const other = await store.messages.insert(aMessage({ threadId: two ?? '' }));
    await store.messages.insert(aMessage({ threadId: two ?? '', archivedAt: at(9) }));
    const latest = await store.messages.latest([one ?? '', two ?? '', silent ?? '']);
    expect([...latest].map(([threadId, { id }]) => [threadId, id]).sort()).toEqual(
      [
        [one, newest.id],
        [two, other.id],
      ].sort(),
    );
  });

  test('have a history once they are edited', async () => {
    const store = await openStore();
    const { threads } = await inThreads(store, 1);
    const message = await store.messages.insert(aMessage({ threadId: threads[0]?.id ?? '', body: 'one' }));
    for (const [body, before, second] of [
      ['two', 'one', 5],
      ['three', 'two', 6],
    ] as const) {
      const edit = { id: newId(), body: before, editedAt: at(second) };
      await store.messages.edit({ ...message, body }, edit);
    }
    expect(await store.messages.find(message.id)).toMatchObject({
      body: 'three',
      edited: true,
      updatedAt: at(6),
    });
    expect(await store.messages.edits(message.id)).toEqual([
      { body: 'one', editedAt: at(5) },
      { body: 'two', editedAt: at(6) },
    ]);
  });
});
