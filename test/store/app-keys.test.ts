import { expect, test } from 'vitest';
import { openStore } from '../support/stores.ts';

test('the first pair stays, whoever comes with another', async () => {
  const store = await openStore();
  const first = { key: 'one', secret: 'first' };
  expect(await store.appKeys.ensure(first)).toEqual(first);
  expect(await store.appKeys.ensure({ key: 'two', secret: 'second' })).toEqual(first);
});
