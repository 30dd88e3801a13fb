import { expect, test } from 'vitest';
import { aBot, anAction, at, seed } from '../support/records.ts';
import { openStore } from '../support/stores.ts';

test('the attached actions of all groups come with their bots and groups, in the order in which they are tried', async () => {
  const store = await openStore();
  const { thread, bot, action } = await seed(store);
  const other = await seed(store);
  const off = aBot({ threadId: thread.id, enabled: false });
  await store.bots.insert(off);
  const second = await store.bots.insertAction(anAction({ botId: off.id, handler: 'reply' }));
  const third = await store.bots.insertAction(anAction({ botId: bot.id, handler: 'reply' }));
  const found = await store.attachedActions.all();
  expect(found.map(({ action: { id } }) => id)).toEqual([action.id, third.id, second.id, other.action.id]);
  expect(found[2]).toEqual({
    action: second,
    bot: { id: off.id, name: off.name, enabled: false },
    thread: { id: thread.id, subject: thread.subject },
  });
  const ids = (actions: typeof found) => actions.map(({ action: { id } }) => id);
  expect(ids(await store.attachedActions.ofHandler('reply'))).toEqual([third.id, second.id]);
  expect(ids(await store.attachedActions.startingWith(action.id.slice(0, -1), 9))).toEqual([action.id]);
  expect(await store.attachedActions.startingWith(action.id.slice(0, 2), 2)).toHaveLength(2);
});

test('actions of removed bots and of removed groups are not among them', async () => {
  const store = await openStore();
  const [withoutBot, withoutGroup] = [await seed(store), await seed(store)];
  await store.bots.archive(withoutBot.bot.id, at(1));
  await store.threads.archive(withoutGroup.thread.id, at(1));
  expect(await store.attachedActions.all()).toEqual([]);
});
