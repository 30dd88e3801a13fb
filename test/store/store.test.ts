import { describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import type { Store } from '../../src/store/store.ts';
import { nextMessage, startChild } from '../support/children.ts';
import {
  aBot,
  aMessage,
  anAction,
  anInvite,
  aParticipant,
  aReaction,
  aRun,
  aThread,
  aToken,
  at,
  aUser,
  seed,
} from '../support/records.ts';
import { databaseFile, execute, openStore, rowsOf } from '../support/stores.ts';

const tables = [
  ...['users', 'threads', 'participants', 'messages', 'reactions', 'bots', 'bot_actions', 'cooldowns'],
  ...['jobs', 'runs', 'effects', 'invites', 'message_edits', 'unclaimed_files', 'tokens', 'app_keys'],
  'scheduled_commands',
];

/** How many rows each table has. */
const counts = (file: string): Record<string, unknown> =>
  Object.fromEntries(tables.map((table) => [table, rowsOf(file, `select 1 from ${table}`).length]));

/** Puts one row at least into every table. */
async function fill(store: Store) {
  const { user, thread, message, bot, action } = await seed(store);
  const run = aRun({ messageId: message.id });
  await store.participants.insert(aParticipant({ threadId: thread.id, userId: user.id }));
  await store.reactions.insert(aReaction({ messageId: message.id }));
  await store.messages.edit(message, { id: newId(), body: 'before', editedAt: at(2) });
  await store.cooldowns.start(action.id, at(30));
  await store.jobs.insert({ queue: 'answers', key: thread.id, kind: 'answer', payload: {} }, at(0));
  await store.runs.insert([run]);
  await store.runs.insertEffect(run.id, 1, 'message', 'null', at(0));
  await store.invites.insert(anInvite({ threadId: thread.id }));
  await store.unclaimedFiles.insert(['a.png'], null, at(0));
  await store.schedule.setStarted('purge:bots', at(0));
  await store.tokens.insert(aToken({ userId: user.id }));
  await store.appKeys.ensure({ key: 'key', secret: 'secret' });
  return { user, thread, message, bot };
}

describe('a transaction', () => {
  test('stores everything, and gives what its work gives', async () => {
    const file = databaseFile();
    const store = await openStore(file);
    const user = await store.transaction(async (transaction) => (await fill(transaction)).user);
    expect(await store.users.find(user.id)).toEqual(user);
    expect(counts(file)).toEqual(Object.fromEntries(tables.map((table) => [table, 1])));
  });

  test('stores nothing when its work fails, and throws what it threw', async () => {
    const file = databaseFile();
    const store = await openStore(file);
    const rain = new Error('It rains.');
    const work = store.transaction(async (transaction) => {
      await fill(transaction);
      throw rain;
    });
    await expect(work).rejects.toBe(rain);
    expect(counts(file)).toEqual(Object.fromEntries(tables.map((table) => [table, 0])));
  });

  test('that failed leaves the store as usable as before', async () => {
    const store = await openStore();
    await expect(store.transaction(() => Promise.reject(new Error('It rains.')))).rejects.toThrow();
    const { user } = await seed(store);
    expect(await store.users.find(user.id)).toEqual(user);
  });

  test('sees what it does itself; others see it when it is through', async () => {
    const file = databaseFile();
    const [store, other] = [await openStore(file), await openStore(file)];
    const user = aUser();
    await store.transaction(async (transaction) => {
      await transaction.users.insert(user);
      expect(await transaction.users.find(user.id)).toEqual(user);
      expect(await other.users.find(user.id)).toBeUndefined();
    });
    expect(await other.users.find(user.id)).toEqual(user);
  });

  test('waits for the one before it: of twenty that look for a person first, one makes her', async () => {
    const file = databaseFile();
    const store = await openStore(file);
    const ensure = () =>
      store.transaction(async ({ users }) => {
        if (!(await users.findByName('Ada'))) await users.insert(aUser({ name: 'Ada' }));
      });
    await Promise.all(Array.from({ length: 20 }, ensure));
    expect(counts(file)).toMatchObject({ users: 1 });
  });

  test('waits for those of other processes: three that count up at once lose no step', async () => {
    const file = databaseFile();
    await openStore(file);
    const children = ['one', 'two', 'three'].map(() => startChild('counter', [file, '40']));
    await Promise.all(children.map(nextMessage));
    for (const child of children) child.send('go');
    expect(await Promise.all(children.map(nextMessage))).toEqual(['done', 'done', 'done']);
    expect(rowsOf(file, 'select until from cooldowns')).toEqual([{ until: '120' }]);
  });
});

describe('what belongs to something', () => {
  const nobody = newId();
  test.each<[string, (store: Store) => Promise<unknown>]>([
    [
      'a participant without a thread',
      (store) => store.participants.insert(aParticipant({ threadId: nobody, userId: nobody })),
    ],
    ['a message without a thread', (store) => store.messages.insert(aMessage({ threadId: nobody }))],
    ['a reaction without a message', (store) => store.reactions.insert(aReaction({ messageId: nobody }))],
    ['a bot without a thread', (store) => store.bots.insert(aBot({ threadId: nobody }))],
    ['an action without a bot', (store) => store.bots.insertAction(anAction({ botId: nobody }))],
    ['an invite without a thread', (store) => store.invites.insert(anInvite({ threadId: nobody }))],
    ['a token without a person', (store) => store.tokens.insert(aToken({ userId: nobody }))],
    ['a run without a message', (store) => store.runs.insert([aRun({ messageId: nobody })])],
    ['an effect without a run', (store) => store.runs.insertEffect(nobody, 1, 'message', '{}', at(0))],
  ])('cannot be stored by itself: %s', async (_, insert) => {
    const store = await openStore();
    await expect(insert(store)).rejects.toThrow(/foreign key/i);
  });

  test('cannot be stored by itself: a participant who is nobody', async () => {
    const store = await openStore();
    const thread = aThread();
    await store.threads.insert(thread);
    await expect(
      store.participants.insert(aParticipant({ threadId: thread.id, userId: nobody })),
    ).rejects.toThrow(/foreign key/i);
  });

  test.each([
    [
      'threads',
      { threads: 0, participants: 0, messages: 0, reactions: 0, bots: 0, bot_actions: 0, invites: 0 },
    ],
    [
      'messages',
      {
        threads: 1,
        messages: 0,
        message_edits: 0,
        reactions: 0,
        runs: 0,
        effects: 0,
        bots: 1,
        bot_actions: 1,
      },
    ],
    ['bots', { threads: 1, messages: 1, bots: 0, bot_actions: 0 }],
    ['runs', { messages: 1, runs: 0, effects: 0 }],
    ['users', { threads: 1, messages: 1, users: 0, participants: 0, tokens: 0 }],
  ])('goes with it: without %s there are %j', async (table, left) => {
    const file = databaseFile();
    const store = await openStore(file);
    await fill(store);
    await execute(file, `pragma foreign_keys = on; delete from ${table}`);
    expect(counts(file)).toMatchObject(left);
  });
});

test('a closed store answers nothing any more', async () => {
  const store = await openStore();
  await store.close();
  await expect(store.users.find(newId())).rejects.toThrow();
});
