import { expect, test } from 'vitest';
import { messageNamed } from '../../../src/services/explaining/find-message.ts';
import { maxNamed } from '../../../src/services/only-one.ts';
import { aMessage, aThread, seed } from '../../support/records.ts';
import { openStore } from '../../support/stores.ts';

const idOf = (count: number): string => `aaaaaaaa-0000-7000-8000-${String(count).padStart(12, '0')}`;

test('a message of a group is found by its beginning, however many of other groups begin alike', async () => {
  const store = await openStore();
  const { thread: busy } = await seed(store);
  const quiet = aThread();
  await store.threads.insert(quiet);
  for (let count = 0; count <= maxNamed; count++)
    await store.messages.insert(aMessage({ id: idOf(count), threadId: busy.id }));
  const wanted = await store.messages.insert(aMessage({ id: idOf(99), threadId: quiet.id }));
  expect(await messageNamed({ store }, 'AAAAAAAA', quiet)).toEqual(wanted);
  await expect(messageNamed({ store }, 'aaaaaaaa')).rejects.toMatchObject({ code: 'NAME_AMBIGUOUS' });
  await expect(messageNamed({ store }, 'bbbbbbbb', quiet)).rejects.toMatchObject({
    code: 'NOTHING_TO_EXPLAIN',
  });
});
