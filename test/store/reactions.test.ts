import { expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import type { Provider } from '../../src/domain/provider.ts';
import { aMessage, aReaction, seed } from '../support/records.ts';
import { openStore } from '../support/stores.ts';

test('the reactions to several messages are oldest first for each, however the messages are named', async () => {
  const store = await openStore();
  const { thread, message } = await seed(store);
  const second = await store.messages.insert(aMessage({ threadId: thread.id }));
  const third = await store.messages.insert(aMessage({ threadId: thread.id }));
  const reactions = [second, message, third, message].map(({ id }) => aReaction({ messageId: id }));
  for (const reaction of reactions.toReversed()) await store.reactions.insert(reaction);
  const [first, next, , last] = reactions;
  const found = await store.reactions.ofAll([message.id, second.id, newId()]);
  expect(found).toHaveLength(3);
  expect(found.filter(({ messageId }) => messageId === message.id)).toEqual([next, last]);
  expect(found.filter(({ messageId }) => messageId === second.id)).toEqual([first]);
  expect(await store.reactions.ofAll([])).toEqual([]);
});

test('owners have the names that they have now; who no longer exists is called Bot', async () => {
  const store = await openStore();
  const { user, bot, message } = await seed(store);
  const owners: Provider[] = [
    { type: 'user', id: user.id, name: user.name },
    { type: 'bot', id: bot.id, name: bot.name },
    { type: 'bot', id: newId(), name: 'Bot' },
    { type: 'user', id: newId(), name: 'Bot' },
  ];
  for (const owner of owners) await store.reactions.insert(aReaction({ messageId: message.id, owner }));
  await store.users.rename(user.id, 'Ada', user.updatedAt);
  const found = (await store.reactions.of(message.id)).map(({ owner }) => owner);
  expect(found).toEqual([{ ...owners[0], name: 'Ada' }, ...owners.slice(1)]);
});

test('one reaction is deleted, once', async () => {
  const store = await openStore();
  const { message } = await seed(store);
  const [gone, stays] = [aReaction({ messageId: message.id }), aReaction({ messageId: message.id })];
  for (const reaction of [gone, stays]) await store.reactions.insert(reaction);
  expect([await store.reactions.delete(gone.id), await store.reactions.delete(gone.id)]).toEqual([
    true,
    false,
  ]);
  expect(await store.reactions.of(message.id)).toEqual([stays]);
});
