import { describe, expect, test } from 'vitest';
import { Recording } from '../../src/store/recording.ts';
import type { Store } from '../../src/store/store.ts';
import { aUser } from '../support/records.ts';
import { openStore } from '../support/stores.ts';

/** Runs requests against a store. The results of the last one stay, as after a crash before its answer. */
async function recorder() {
  const store = await openStore();
  let saved = '[]';
  return {
    store,
    results: () => JSON.parse(saved).map((text: string | null) => text && JSON.parse(text).result),
    /** Runs a request for the first time, or again after a crash. */
    run: <Result>(request: () => Promise<Result>) =>
      new Recording(saved, async (_, results) => {
        saved = results;
      }).run(request),
  };
}

/** A transaction that makes a person. */
const making = (store: Store, name: string) => () =>
  store.transaction(async (inside) => {
    await inside.users.insert(aUser({ name }));
    return name;
  });

describe('a request that is repeated after a crash', () => {
  test('does nothing again that it committed, and gets the same results', async () => {
    const { store, run, results } = await recorder();
    const request = async () => [await making(store, 'Ada')(), await making(store, 'Bob')()];
    expect(await run(request)).toEqual(['Ada', 'Bob']);
    expect(results()).toEqual(['Ada', 'Bob']);
    // Inserting a name again would be an error.
    expect(await run(request)).toEqual(['Ada', 'Bob']);
  });

  test('goes on where the first one was interrupted', async () => {
    const { store, run, results } = await recorder();
    const request = (isCrashing: boolean) => async () => {
      const first = await making(store, 'Ada')();
      if (isCrashing) throw new Error('crash');
      return [first, await making(store, 'Bob')()];
    };
    await expect(run(request(true))).rejects.toThrow('crash');
    expect(results()).toEqual(['Ada']);
    expect(await run(request(false))).toEqual(['Ada', 'Bob']);
    expect(await store.users.findByName('Bob')).toBeDefined();
  });

  test('finds the result of each transaction at its place, although later ones were committed first', async () => {
    const { store, run, results } = await recorder();
    const request = () =>
      Promise.all([
        store.transaction(async () => {
          await new Promise(setImmediate);
          return 'first';
        }),
        store.transaction(async () => 'second'),
      ]);
    expect(await run(request)).toEqual(['first', 'second']);
    expect(results()).toEqual(['first', 'second']);
    expect(await run(request)).toEqual(['first', 'second']);
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', [1, { a: 'b' }]],
    ['false', false],
  ])('gets %s as it was', async (_, value) => {
    const { store, run } = await recorder();
    const request = () => store.transaction(async () => value);
    await run(request);
    expect(await run(request)).toEqual(value);
  });

  test('runs a transaction again that failed', async () => {
    const { store, run, results } = await recorder();
    const request = (first: () => Promise<string>) => async () => [
      await store.transaction(first).catch(() => 'failed'),
      await making(store, 'Ada')(),
    ];
    expect(await run(request(() => Promise.reject(new Error('refused'))))).toEqual(['failed', 'Ada']);
    expect(results()).toEqual([null, 'Ada']);
    expect(await run(request(async () => 'done'))).toEqual(['done', 'Ada']);
    expect(results()).toEqual(['done', 'Ada']);
  });
});

describe('the results', () => {
  test('are saved inside of the transaction: if that fails, nothing is stored', async () => {
    const store = await openStore();
    const recording = new Recording('[]', () => Promise.reject(new Error('no space left')));
    await expect(recording.run(making(store, 'Ada'))).rejects.toThrow('no space left');
    expect(await store.users.findByName('Ada')).toBeUndefined();
  });

  test('are passed with the store of the transaction', async () => {
    const store = await openStore();
    const stores: Store[] = [];
    const recording = new Recording('[]', async (inside) => void stores.push(inside));
    await recording.run(() => store.transaction(async (inside) => void stores.push(inside)));
    expect(stores[0]).toBe(stores[1]);
    expect(stores[0]).not.toBe(store);
  });
});

test('work that goes on after the request is not part of it', async () => {
  const { store, run, results } = await recorder();
  const { later } = await run(async () => {
    await making(store, 'Ada')();
    return { later: new Promise(setImmediate).then(making(store, 'Bob')) };
  });
  await later;
  expect(results()).toEqual(['Ada']);
});

test('two requests at once record their own transactions only', async () => {
  const store = await openStore();
  const saved: Record<string, string> = {};
  const request = (name: string) =>
    new Recording('[]', async (_, results) => {
      saved[name] = results;
    }).run(making(store, name));
  await Promise.all([request('Ada'), request('Bob')]);
  expect(Object.entries(saved).map(([name, results]) => [name, JSON.parse(results).length])).toEqual([
    ['Ada', 1],
    ['Bob', 1],
  ]);
});
