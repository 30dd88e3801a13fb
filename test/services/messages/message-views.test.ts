import { beforeEach, describe, expect, test } from 'vitest';
import type { Message } from '../../../src/domain/message.ts';
import { botProfile, userProfile } from '../../../src/domain/profile.ts';
import {
  editedMessageView,
  latestViews,
  messageViews,
  newMessageView,
  reactedMessageView,
  reactionViews,
} from '../../../src/services/messages/message-views.ts';
import type { Store } from '../../../src/store/store.ts';
import { aMessage, aReaction, aThread, at, seed } from '../../support/records.ts';
import { openStore } from '../../support/stores.ts';

let store: Store;
let seeded: Awaited<ReturnType<typeof seed>>;
beforeEach(async () => {
  store = await openStore();
  seeded = await seed(store);
});

/** Stores a message of the seeded person. */
const write = (more: Partial<Message> = {}): Promise<Message> => {
  const { id, name } = seeded.user;
  const owner = { type: 'user', id, name } as const;
  return store.messages.insert(aMessage({ threadId: seeded.thread.id, owner, ...more }));
};
const react = async ({ id: messageId }: Message, reaction: string, second: number) => {
  const { id, name } = seeded.bot;
  const added = aReaction({ messageId, reaction, owner: { type: 'bot', id, name }, createdAt: at(second) });
  await store.reactions.insert(added);
  return added;
};
const known = () => userProfile({ ...seeded.user, name: 'As the event says' });

describe('messages of a thread', () => {
  test('come in the given order, each with its owner and its reactions', async () => {
    const { thread, message, user, bot } = seeded;
    const reply = await write({ replyToId: message.id, owner: { type: 'bot', id: bot.id, name: bot.name } });
    await react(message, ':wave:', 1);
    await react(message, ':+1:', 2);
    const [first, second] = await messageViews(store, thread, [reply, message]);
    expect(first).toMatchObject({ message: reply, owner: botProfile(bot), reactions: [] });
    expect(second).toMatchObject({ message, owner: userProfile(user), replyTo: null });
    expect(second?.reactions.map(({ reaction, owner }) => [reaction.reaction, owner.type])).toEqual([
      [':wave:', 'bot'],
      [':+1:', 'bot'],
    ]);
  });

  test('have the message they reply to, with its reactions and without what that replies to', async () => {
    const { thread, message } = seeded;
    const reply = await write({ replyToId: message.id });
    await react(reply, ':wave:', 1);
    const [view] = await messageViews(store, thread, [await write({ replyToId: reply.id })]);
    expect(view?.replyTo).toMatchObject({ message: reply, reactions: [{}], replyTo: null });
  });

  test('that reply to what is gone have nothing there', async () => {
    const { thread, message } = seeded;
    const reply = await write({ replyToId: message.id });
    await store.messages.archive(thread.id, [message.id], at(9));
    expect(await messageViews(store, thread, [reply])).toMatchObject([{ message: reply, replyTo: null }]);
  });

  test('of people who are gone are those of ghosts', async () => {
    const message = await write({ owner: { type: 'user', id: 'gone', name: 'Eve' } });
    const [view] = await messageViews(store, seeded.thread, [message]);
    expect(view?.owner).toEqual({ type: 'ghost', of: { type: 'user', id: 'gone' } });
  });

  test('are none for none', async () => {
    expect(await messageViews(store, seeded.thread, [])).toEqual([]);
  });
});

describe('what an event carries is not read again', () => {
  test('a new message has the profile of the event, and its reply what is stored', async () => {
    const { thread, message } = seeded;
    await react(message, ':wave:', 1);
    const reply = await write({ replyToId: message.id });
    const event = { thread, message: reply, profile: known(), replyTo: message, silent: false };
    const view = await newMessageView(store, event);
    expect(view).toMatchObject({ owner: known(), reactions: [] });
    expect(view.replyTo).toMatchObject({ message, owner: known(), reactions: [{}], replyTo: null });
    expect((await newMessageView(store, { ...event, replyTo: null })).replyTo).toBeNull();
  });

  test('an edited message keeps its reactions', async () => {
    const { thread, message } = seeded;
    await react(message, ':wave:', 1);
    const edited = { ...message, body: 'better', edited: true };
    const view = await editedMessageView(store, {
      thread,
      message: edited,
      profile: known(),
      previousBody: '',
    });
    expect(view).toMatchObject({ message: edited, owner: known(), reactions: [{}] });
  });

  test('a message is shown with the new reaction alone', async () => {
    const { thread, message, bot, user } = seeded;
    await react(message, ':wave:', 1);
    const reaction = await react(message, ':+1:', 2);
    const profile = botProfile(bot);
    const view = await reactedMessageView(store, { thread, message, reaction, profile, silent: false });
    expect(view).toMatchObject({ owner: userProfile(user), reactions: [{ reaction, owner: profile }] });
  });
});

test('the newest message of each thread is found, and a thread without any is left out', async () => {
  const { thread } = seeded;
  const [silent, archived] = [aThread(), aThread()];
  for (const each of [silent, archived]) await store.threads.insert(each);
  await write({ threadId: archived.id, archivedAt: at(9) });
  const newest = await write({ replyToId: seeded.message.id });
  const views = await latestViews(store, [silent, thread, archived]);
  expect([...views.keys()]).toEqual([thread.id]);
  expect(views.get(thread.id)).toMatchObject({ message: newest, replyTo: null });
});

test('reactions to a message come with whoever added them, first one first', async () => {
  const later = await react(seeded.message, ':b:', 2);
  const sooner = await react(seeded.message, ':a:', 1);
  const views = await reactionViews(store, seeded.message);
  expect(new Set(views.map(({ reaction }) => reaction.id))).toEqual(new Set([sooner.id, later.id]));
  expect(views.map(({ owner }) => owner)).toEqual([botProfile(seeded.bot), botProfile(seeded.bot)]);
});
