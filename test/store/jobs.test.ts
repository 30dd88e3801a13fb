import { describe, expect, test } from 'vitest';
import { timestamp } from '../../src/base/clock.ts';
import type { Job } from '../../src/store/jobs.ts';
import type { Store } from '../../src/store/store.ts';
import { at, hardText } from '../support/records.ts';
import { databaseFile, openStore, rowsOf } from '../support/stores.ts';

const queue = 'answers';
const mine = { owner: 'me', until: at(30) };
const yours = { owner: 'you', until: at(30) };

const add = (store: Store, kind: string, key = 'thread', now = at(0)) =>
  store.jobs.insert({ queue, key, kind, payload: {} }, now);
const claim = (store: Store, now = at(1), lease = mine) => store.jobs.claim({ queue }, lease, now);

/** Claims a job that must be there. */
async function take(store: Store, lease = mine, now = at(1)): Promise<Job> {
  const job = await claim(store, now, lease);
  if (job === undefined) throw new Error('There was no job to take.');
  return job;
}

/** The kinds of all jobs that can be taken now, one after the other. */
async function takeAll(store: Store, now = at(1)): Promise<string[]> {
  const kinds: string[] = [];
  for (let job = await claim(store, now); job; job = await claim(store, now)) kinds.push(job.kind);
  return kinds;
}

describe('a job', () => {
  test('is taken as it was stored, with the count of its attempts', async () => {
    const store = await openStore();
    const job = { queue, key: hardText, kind: 'answer', payload: { text: hardText, list: [1, null] } };
    await store.jobs.insert(job, at(0));
    expect(await claim(store)).toMatchObject({ ...job, sequence: 1, attempts: 1 });
    expect(await claim(store)).toBeUndefined();
  });

  test('that is put off is taken when its time has come, in the order of the times', async () => {
    const store = await openStore();
    for (const [key, runAt] of [
      ['late', at(9)],
      ['early', at(5)],
    ] as const)
      await store.jobs.insert({ queue, key, kind: key, payload: {}, runAt }, at(0));
    expect(await takeAll(store, at(4))).toEqual([]);
    expect(await takeAll(store, at(9))).toEqual(['early', 'late']);
  });

  test.each([
    ['before its time', queue, at(9), undefined],
    ['at its time', queue, at(10), 'a1'],
    ['from another queue', 'mails', at(11), undefined],
  ])('%s: from %s at %s, %s is taken', async (_, from, now, kind) => {
    const store = await openStore();
    await store.jobs.insert({ queue, key: 'a', kind: 'a1', payload: {}, runAt: at(10) }, at(0));
    expect((await store.jobs.claim({ queue: from }, mine, now))?.kind).toBe(kind);
  });

  test.each([
    ['in the same millisecond, by a process that counts further within it', 7, 5, undefined],
    ['in a later one, so that the time was set back since', 8, 0, 'a1'],
  ])('that is put off and was stored %s: %s is taken', async (_, millisecond, microsecond, kind) => {
    const store = await openStore();
    const day = { runAt: timestamp(86_400_000) };
    const stored = timestamp(millisecond, microsecond);
    await store.jobs.insert({ queue, key: 'a', kind: 'a1', payload: {}, ...day }, stored);
    expect((await claim(store, timestamp(7, 1)))?.kind).toBe(kind);
  });

  test('that was stored before the time of the system was set back is taken at once, put off or not', async () => {
    const store = await openStore();
    for (const [key, runAt] of [
      ['put off', at(12)],
      ['at once', undefined],
    ] as const)
      await store.jobs.insert({ queue, key, kind: key, payload: {}, ...(runAt && { runAt }) }, at(10));
    expect(await takeAll(store, at(9))).toEqual(['at once', 'put off']);
  });

  test.each([
    ['brings one forward that nobody has begun', at(5), at(2), [1, 1], at(2)],
    ['leaves one as it is that comes sooner', at(2), at(5), [1, 1], at(2)],
  ])('of a key that is wanted once %s', async (_, first, second, sequences, due) => {
    const store = await openStore();
    const job = { queue, key: 'a', kind: 'a', payload: {} };
    const one = await store.jobs.insertOnce({ ...job, runAt: first }, at(0));
    const other = await store.jobs.insertOnce({ ...job, runAt: second }, at(0));
    expect([one, other]).toEqual(sequences);
    expect(await takeAll(store, at(1))).toEqual([]);
    expect(await takeAll(store, due)).toEqual(['a']);
  });

  test('of a key that is wanted once is added while another one runs', async () => {
    const store = await openStore();
    const job = { queue, key: 'a', kind: 'a', payload: {} };
    await store.jobs.insertOnce(job, at(0));
    await claim(store);
    expect(await store.jobs.insertOnce(job, at(0))).toBe(2);
  });

  test('that is done is gone, and the next of its key can be taken', async () => {
    const store = await openStore();
    for (const kind of ['a1', 'a2', 'a3']) await add(store, kind, 'a');
    for (const kind of ['a1', 'a2', 'a3']) {
      const job = await take(store);
      expect(job.kind).toBe(kind);
      expect(await claim(store)).toBeUndefined();
      await store.jobs.complete(job, at(1));
    }
    expect(await store.jobs.pending(queue)).toBe(false);
  });

  test('to be tried again waits for its time, and the later ones of its key for it', async () => {
    const store = await openStore();
    for (const kind of ['a1', 'a2']) await add(store, kind, 'a');
    await store.jobs.retry(await take(store), at(10), 'It rains.', at(1));
    expect(await takeAll(store, at(9))).toEqual([]);
    expect(await take(store, mine, at(10))).toMatchObject({ kind: 'a1', attempts: 2 });
  });

  test('that is given back has its turn again, as if nobody had taken it', async () => {
    const store = await openStore();
    await add(store, 'a1', 'a', at(0));
    await add(store, 'b1', 'b', at(1));
    await store.jobs.giveBack(await take(store));
    expect(await store.jobs.leases(queue)).toEqual([]);
    expect(await take(store)).toMatchObject({ kind: 'a1', attempts: 1 });
  });

  test('that is given up is kept with its error, and the next of its key can be taken', async () => {
    const file = databaseFile();
    const store = await openStore(file);
    for (const kind of ['a1', 'a2']) await add(store, kind, 'a');
    await store.jobs.fail(await take(store), hardText, at(1));
    await store.jobs.complete(await take(store), at(1));
    expect(await store.jobs.pending(queue)).toBe(false);
    expect(rowsOf(file, 'select kind, status, last_error, lease_owner from jobs')).toEqual([
      { kind: 'a1', status: 'failed', last_error: hardText, lease_owner: null },
    ]);
  });

  test('that was given up holds up no later one of its key', async () => {
    const store = await openStore();
    await add(store, 'a1', 'a');
    await store.jobs.fail(await take(store), 'It rains.', at(1));
    await add(store, 'a2', 'a');
    expect(await takeAll(store)).toEqual(['a2']);
  });

  test('has a number that is never given again, so late ones stay late', async () => {
    const store = await openStore();
    await add(store, 'a1', 'a');
    const first = await take(store);
    await store.jobs.complete(first, at(1));
    await add(store, 'a2', 'a');
    expect((await take(store)).sequence).toBeGreaterThan(first.sequence);
  });
});

test('of every key the oldest is taken, the longest due first', async () => {
  const store = await openStore();
  await add(store, 'a1', 'a', at(5));
  await add(store, 'b1', 'b', at(4));
  await add(store, 'a2', 'a', at(1));
  await add(store, 'c1', 'c', at(4));
  expect(await takeAll(store, at(9))).toEqual(['b1', 'c1', 'a1']);
});

describe('a job whose turn came while it waited', () => {
  /** The next jobs, once `a1` is done a second from now, beside `b1` that has been ready since then. */
  async function afterA1(runAt: number | undefined, storedAt: number, now: number): Promise<string[]> {
    const store = await openStore();
    await add(store, 'a1', 'a', at(0));
    const a1 = await take(store, mine, at(0));
    const a2 = { queue, key: 'a', kind: 'a2', payload: {}, ...(runAt !== undefined && { runAt: at(runAt) }) };
    await store.jobs.insert(a2, at(storedAt));
    await add(store, 'b1', 'b', at(1));
    await store.jobs.complete(a1, at(2));
    return takeAll(store, at(now));
  }

  test.each([
    ['comes after those that are ready', undefined, 0, 2, ['b1', 'a2']],
    ['waits for its own time', 5, 0, 4, ['b1']],
    ['comes at its own time', 5, 0, 5, ['b1', 'a2']],
    ['comes after them, too, when the clock was set back', undefined, 9, 2, ['b1', 'a2']],
  ])('%s', async (_, runAt, storedAt, now, order) => {
    expect(await afterA1(runAt, storedAt, now)).toEqual(order);
  });
});

test.each([
  ['waiting', ['a1', 'a2'], async () => {}],
  ['running', ['a1'], async () => {}],
  ['ready again', ['a1'], (store: Store, job: Job) => store.jobs.retry(job, at(99), 'It rains.', at(1))],
])('work is left while a job is %s', async (_, kinds, then) => {
  const store = await openStore();
  expect(await store.jobs.pending(queue)).toBe(false);
  for (const kind of kinds) await add(store, kind);
  expect(await store.jobs.pending(queue)).toBe(true);
  await then(store, await take(store));
  expect(await store.jobs.pending(queue)).toBe(true);
  expect(await store.jobs.pending('mails')).toBe(false);
});

describe('leases', () => {
  test('are told once for each who holds jobs', async () => {
    const store = await openStore();
    for (const key of ['a', 'b', 'c', 'd']) await add(store, `${key}1`, key);
    for (const lease of [mine, mine, yours]) await take(store, lease);
    const leases = await store.jobs.leases(queue);
    expect(leases.toSorted((one, other) => one.owner.localeCompare(other.owner))).toEqual([mine, yours]);
    expect(await store.jobs.leases('mails')).toEqual([]);
  });

  test('are made longer for their owner alone', async () => {
    const store = await openStore();
    for (const key of ['a', 'b']) await add(store, `${key}1`, key);
    await take(store, mine);
    await take(store, yours);
    await store.jobs.extend(queue, { owner: 'me', until: at(60) });
    expect(await store.jobs.leases(queue)).toEqual(
      expect.arrayContaining([yours, { owner: 'me', until: at(60) }]),
    );
  });

  test('end with their job', async () => {
    const store = await openStore();
    for (const key of ['a', 'b', 'c']) await add(store, `${key}1`, key);
    const [a, b, c] = [await take(store), await take(store), await take(store)];
    await store.jobs.complete(a, at(1));
    await store.jobs.retry(b, at(99), 'It rains.', at(1));
    await store.jobs.fail(c, 'It rains.', at(1));
    expect(await store.jobs.leases(queue)).toEqual([]);
  });

  test('that are released give back their jobs, but for those named', async () => {
    const store = await openStore();
    for (const key of ['a', 'b', 'c']) await add(store, `${key}1`, key);
    const kept = await take(store, mine);
    for (const lease of [mine, yours]) await take(store, lease);
    await store.jobs.releaseOwner('mails', 'me');
    expect(await takeAll(store)).toEqual([]);
    await store.jobs.releaseOwner(queue, 'me', [kept.sequence]);
    expect(await takeAll(store)).toEqual(['b1']);
    await store.jobs.releaseOwner(queue, 'me');
    expect(await takeAll(store)).toEqual(['a1', 'b1']);
  });

  test.each<[string, (store: Store, job: Job) => Promise<void>]>([
    ['done', (store, job) => store.jobs.complete(job, at(1))],
    ['given back', (store, job) => store.jobs.giveBack(job)],
    ['to be tried again', (store, job) => store.jobs.retry(job, at(0), 'It rains.', at(1))],
    ['given up', (store, job) => store.jobs.fail(job, 'It rains.', at(1))],
  ])('that were lost give no right to say that the job is %s', async (_, end) => {
    const store = await openStore();
    for (const kind of ['a1', 'a2']) await add(store, kind, 'a');
    const lost = await take(store, mine);
    await store.jobs.releaseOwner(queue, 'me');
    await take(store, yours);
    await end(store, lost);
    expect(await store.jobs.leases(queue)).toEqual([yours]);
    expect(await takeAll(store)).toEqual([]);
  });
});
