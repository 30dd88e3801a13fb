import { MovableClock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import type { Message } from '../domain/message.ts';
import type { ProviderRef } from '../domain/provider.ts';
import type { Thread } from '../domain/thread.ts';
import type { Context } from '../services/context.ts';
import type { Store } from '../store/store.ts';
import { type EngineChat, openChat } from '../testing/engine.ts';

/** How many earlier messages a copy has, for handlers that read them. */
const keptMessages = 50;

/** The app whose groups are copied. Its handlers are loaded, and are used in the copy too. */
export type ForkContext = Context & Parameters<typeof openChat>[0];

/**
 * Copies a group into a database in memory: its settings, its people with their rights, its bots, its actions with
 * their payloads, and the messages before one. All have the ids that they have in the group. Cooldowns are not copied:
 * what is sent again may have begun them. Nothing that is done in the copy is seen in the group. Close it.
 */
export async function forkGroup(app: ForkContext, thread: Thread, first: Message): Promise<EngineChat> {
  const clock = new MovableClock();
  clock.advance(Math.max(0, app.clock.milliseconds() - clock.milliseconds()));
  const fork = await openChat(app, { clock, group: newId(), owner: newId() });
  try {
    await fork.store.transaction((copy) => copyGroup(app.store, copy, thread, first));
    return fork;
  } catch (error) {
    await fork.close();
    throw error;
  }
}

async function copyGroup(store: Store, copy: Store, thread: Thread, first: Message): Promise<void> {
  const people = await store.participants.inThread(thread.id);
  const bots = await store.bots.inThread(thread.id);
  const earlier = (
    await store.messages.page(thread.id, { older: first.sequence, limit: keptMessages })
  ).reverse();
  const answered = first.replyToId === null ? undefined : await store.messages.find(first.replyToId);
  const older = answered && !earlier.some(({ id }) => id === answered.id) ? [answered] : [];
  const messages = [...older, ...earlier];
  await copyUsers(store, copy, [
    ...people.map(({ participant: { userId } }): ProviderRef => ({ type: 'user', id: userId })),
    ...bots.flatMap(({ bot, actions }) => [bot.owner, ...actions.map(({ owner }) => owner)]),
    ...messages.map(({ owner }) => owner),
  ]);
  await copy.threads.insert({ ...thread, avatar: null });
  for (const { participant } of people) await copy.participants.insert(participant);
  for (const { bot, actions } of bots) {
    await copy.bots.insert({ ...bot, avatar: null });
    for (const action of actions) await copy.bots.insertAction(action);
  }
  for (const message of messages) await copy.messages.insert(message);
}

async function copyUsers(store: Store, copy: Store, owners: readonly ProviderRef[]): Promise<void> {
  const ids = new Set(owners.filter(({ type }) => type === 'user').map(({ id }) => id));
  for (const user of await store.users.findAll([...ids])) await copy.users.insert(user);
}
