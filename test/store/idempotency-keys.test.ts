import { describe, expect, test } from 'vitest';
import type { KeyedRequest, RequestKey } from '../../src/store/idempotency-keys.ts';
import { at, aUser, hardText } from '../support/records.ts';
import { openStore } from '../support/stores.ts';

/** A store with two people, and a request of the first. */
async function openWithPeople() {
  const store = await openStore();
  const [ada, bob] = [aUser(), aUser()];
  for (const user of [ada, bob]) await store.users.insert(user);
  const request = (more: Partial<KeyedRequest> = {}): KeyedRequest => ({
    userId: ada.id,
    route: 'POST /threads',
    key: 'a',
    fingerprint: 'f'.repeat(64),
    results: '[]',
    createdAt: at(1),
    answer: null,
    ...more,
  });
  return { keys: store.idempotencyKeys, ada, bob, request };
}

describe('a request with a key', () => {
  test.each<[string, Partial<KeyedRequest>]>([
    ['a new one', {}],
    ['an answered one', { answer: { status: 201, body: JSON.stringify({ body: hardText }) } }],
    ['one with results', { results: JSON.stringify([hardText, null]) }],
    ['one with a hard key', { key: hardText }],
  ])('is found as it was stored: %s', async (_, more) => {
    const { keys, request } = await openWithPeople();
    expect(await keys.insert(request(more))).toBe(true);
    expect(await keys.find(request(more))).toEqual(request(more));
  });

  test('takes its key, and the first one stays', async () => {
    const { keys, request } = await openWithPeople();
    expect(await keys.insert(request())).toBe(true);
    expect(await keys.insert(request({ fingerprint: 'other', createdAt: at(2) }))).toBe(false);
    expect(await keys.find(request())).toEqual(request());
  });

  test('is its sender, route and key together', async () => {
    const { keys, bob, request } = await openWithPeople();
    const others: Array<Partial<RequestKey>> = [{ userId: bob.id }, { route: 'POST /bots' }, { key: 'b' }];
    await keys.insert(request());
    for (const other of others) {
      expect(await keys.find(request(other))).toBeUndefined();
      expect(await keys.insert(request(other))).toBe(true);
    }
    await keys.setAnswer(request(), { status: 201, body: '1' });
    for (const other of others) expect((await keys.find(request(other)))?.answer).toBeNull();
  });
});

test('results are replaced, and deleted once there is an answer', async () => {
  const { keys, request } = await openWithPeople();
  await keys.insert(request());
  await keys.setResults(request(), '["one"]');
  await keys.setResults(request(), '["one","two"]');
  expect(await keys.find(request())).toEqual(request({ results: '["one","two"]' }));
  const answer = { status: 422, body: '{}' };
  await keys.setAnswer(request(), answer);
  expect(await keys.find(request())).toEqual(request({ results: '[]', answer }));
});

describe('pruning', () => {
  test('deletes what is older than a moment, of everybody', async () => {
    const { keys, ada, bob, request } = await openWithPeople();
    const old = [request(), request({ userId: bob.id })];
    const young = [
      request({ key: 'b', createdAt: at(2) }),
      request({ userId: bob.id, key: 'b', createdAt: at(3) }),
    ];
    for (const each of [...old, ...young]) await keys.insert(each);
    await keys.prune(at(2), ada.id, 9);
    expect(await Promise.all(old.map((each) => keys.find(each)))).toEqual([undefined, undefined]);
    expect(await Promise.all(young.map((each) => keys.find(each)))).toEqual(young);
  });

  test.each([
    [0, []],
    [1, ['d']],
    [2, ['c', 'd']],
    [4, ['a', 'b', 'c', 'd']],
    [9, ['a', 'b', 'c', 'd']],
  ])('keeps the newest %i of one person, and all of the others', async (most, expected) => {
    const { keys, ada, bob, request } = await openWithPeople();
    const names = ['a', 'b', 'c', 'd'];
    for (const [index, key] of names.entries()) await keys.insert(request({ key, createdAt: at(index) }));
    await keys.insert(request({ userId: bob.id, createdAt: at(0) }));
    await keys.prune(at(0), ada.id, most);
    const found = await Promise.all(names.map((key) => keys.find(request({ key }))));
    expect(found.flatMap((each) => each?.key ?? [])).toEqual(expected);
    expect(await keys.find(request({ userId: bob.id }))).toBeDefined();
  });
});
