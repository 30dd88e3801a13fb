import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { type MessageExtra, messageTypes } from '../../src/domain/message.ts';
import type { ProviderType } from '../../src/domain/provider.ts';
import type { MessagePage } from '../../src/store/messages.ts';
import type { Store } from '../../src/store/store.ts';
import { aBot, aMessage, aReaction, aThread, at, aUser, hardText, seed } from '../support/records.ts';
import { databaseFile, execute, openStore, rowsOf } from '../support/stores.ts';

const ghost = { type: 'user' as const, id: newId(), name: 'Bot' };

describe('messages', () => {
  test.each([
    ['a bare text', {}],
    ['a text of hard characters', { body: hardText }],
    ['an empty body', { body: '' }],
    ['the longest text', { body: '👋'.repeat(2500) }],
    ['a reply', { replyToId: newId() }],
    ['an edited one with an address', { edited: true, senderIp: '2001:db8::1', updatedAt: at(9) }],
    ['one of the system', { type: messageTypes.BOT_ADDED }],
    ['an archived one', { archivedAt: at(5) }],
    ['one with an object', { extra: { text: hardText, deep: [1.5, null, { yes: true }] } }],
    ['one with an empty list', { extra: [] }],
    ['one with an empty object', { extra: {} }],
  ])('%s is found as it was stored', async (_, more) => {
    const store = await openStore();
    const { thread } = await seed(store);
    const stored = await store.messages.insert(aMessage({ threadId: thread.id, owner: ghost, ...more }));
    expect(await store.messages.find(stored.id)).toEqual(stored);
  });

  test('any text and any JSON come back as they went in', async () => {
    const store = await openStore();
    const { thread } = await seed(store);
    const text = fc.string({ unit: 'binary' });
    const json = fc
      .dictionary(text, fc.jsonValue())
      .map((value): MessageExtra => JSON.parse(JSON.stringify(value)));
    const comesBack = async (body: string, extra: MessageExtra) => {
      const stored = await store.messages.insert(aMessage({ threadId: thread.id, body, extra }));
      expect(await store.messages.find(stored.id)).toMatchObject({ body, extra });
    };
    await fc.assert(fc.asyncProperty(text, json, comesBack), { numRuns: 30 });
  });

  test('keep the reason why no bot looked at them, each by itself', async () => {
    const file = databaseFile();
    const store = await openStore(file);
    const { thread, message } = await seed(store);
    await store.messages.insert(aMessage({ threadId: thread.id }));
    await store.messages.setIgnoreReason(message.id, 'from_bot');
    expect(rowsOf(file, 'select ignore_reason as reason from messages order by sequence')).toEqual([
      { reason: 'from_bot' },
      { reason: null },
    ]);
  });

  test('one that is not there is not found', async () => {
    const { messages } = await openStore();
    expect(await messages.find(newId())).toBeUndefined();
  });

  test('have their place in the order in which they were stored, whatever their time says', async () => {
    const store = await openStore();
    const { thread, message } = await seed(store);
    const late = await store.messages.insert(aMessage({ threadId: thread.id, createdAt: at(60) }));
    const early = await store.messages.insert(aMessage({ threadId: thread.id, createdAt: at(-60) }));
    expect([message.sequence, late.sequence, early.sequence]).toEqual([1, 2, 3]);
    const newest = await store.messages.newest(thread.id, 10);
    expect(newest.map(({ id }) => id)).toEqual([early.id, late.id, message.id]);
  });

  test('the newest of a thread are its own, not archived, and no more than asked for', async () => {
    const store = await openStore();
    const [one, other] = [await seed(store), await seed(store)];
    const second = await store.messages.insert(aMessage({ threadId: one.thread.id }));
    await store.messages.insert(aMessage({ threadId: one.thread.id, archivedAt: at(1) }));
    const fourth = await store.messages.insert(aMessage({ threadId: one.thread.id }));
    const newest = async (limit: number) =>
      (await store.messages.newest(one.thread.id, limit)).map(({ id }) => id);
    expect(await newest(10)).toEqual([fourth.id, second.id, one.message.id]);
    expect(await newest(2)).toEqual([fourth.id, second.id]);
    expect((await store.messages.newest(other.thread.id, 10)).map(({ id }) => id)).toEqual([
      other.message.id,
    ]);
  });
});

describe('a page of messages', () => {
  const bodies = ['Ärger', 'none', '100 % sure', 'a_b', 'C:\\temp', '👋 hello', 'HELLO'];

  test.each<[string, Omit<MessagePage, 'limit'>, string[]]>([
    ['all', {}, bodies.toReversed()],
    ['older than the fourth', { older: 4 }, ['100 % sure', 'none', 'Ärger']],
    ['of a type', { type: messageTypes.IMAGE_MESSAGE }, []],
    ['texts', { type: messageTypes.MESSAGE, older: 3 }, ['none', 'Ärger']],
    ['with a word', { body: 'hello' }, ['HELLO', '👋 hello']],
    ['with a word in other letters', { body: 'ÄRGER' }, ['Ärger']],
    ['with an emoji', { body: '👋' }, ['👋 hello']],
    ['with a percent sign', { body: '%' }, ['100 % sure']],
    ['with a low line', { body: '_' }, ['a_b']],
    ['with a backslash', { body: '\\' }, ['C:\\temp']],
    ['with a quote', { body: "'" }, []],
    ['with nothing special', { body: '' }, bodies.toReversed()],
  ])('%s: %j are %j', async (_, which, expected) => {
    const store = await openStore();
    const [here, elsewhere] = [aThread(), aThread()];
    for (const thread of [here, elsewhere]) await store.threads.insert(thread);
    for (const body of bodies) await store.messages.insert(aMessage({ threadId: here.id, body }));
    await store.messages.insert(aMessage({ threadId: elsewhere.id, body: 'hello Ärger' }));
    const page = await store.messages.page(here.id, { ...which, limit: 10 });
    expect(page.map(({ body }) => body)).toEqual(expected);
  });
});

describe('archiving messages', () => {
  test("hides those of the thread that are nobody else's and not the system's, once", async () => {
    const store = await openStore();
    const [here, elsewhere] = [await seed(store), await seed(store)];
    const put = (more: object) => store.messages.insert(aMessage({ threadId: here.thread.id, ...more }));
    const [text, system, archived] = [
      await put({}),
      await put({ type: messageTypes.BOT_ADDED }),
      await put({ archivedAt: at(1) }),
    ];
    const ids = [text.id, system.id, archived.id, elsewhere.message.id, newId()];
    expect(await store.messages.archive(here.thread.id, ids, at(5))).toEqual([text.id]);
    expect(await store.messages.archive(here.thread.id, ids, at(6))).toEqual([]);
    expect(await store.messages.archive(here.thread.id, [], at(6))).toEqual([]);
    expect(await store.messages.find(text.id)).toEqual({ ...text, archivedAt: at(5) });
    expect(await store.messages.find(archived.id)).toEqual(archived);
    expect(await store.messages.find(elsewhere.message.id)).toEqual(elsewhere.message);
    const left = await store.messages.newest(here.thread.id, 10);
    expect(left.map(({ id }) => id)).toEqual([system.id, here.message.id]);
  });
});

describe('reactions', () => {
  test('are found with their message, oldest first', async () => {
    const store = await openStore();
    const { message, thread } = await seed(store);
    const other = await store.messages.insert(aMessage({ threadId: thread.id }));
    const [first, second] = [
      aReaction({ messageId: message.id, owner: ghost, reaction: ':wave:' }),
      aReaction({ messageId: message.id, owner: ghost, reaction: ':+1:', createdAt: at(3) }),
    ];
    for (const reaction of [second, first]) await store.reactions.insert(reaction);
    await store.reactions.insert(aReaction({ messageId: other.id }));
    expect(await store.reactions.of(message.id)).toEqual([first, second]);
    expect(await store.reactions.of(newId())).toEqual([]);
  });

  test.each<[string, boolean, object]>([
    ['the same once more', false, {}],
    ['another one', true, { reaction: ':+1:' }],
    ['the same of somebody else', true, { owner: { ...ghost, id: newId() } }],
    ['the same of a bot', true, { owner: { ...ghost, type: 'bot' } }],
  ])('beside one that is there, %s can be stored: %s', async (_, possible, more) => {
    const store = await openStore();
    const { message } = await seed(store);
    const insert = (change: object) =>
      store.reactions.insert(aReaction({ messageId: message.id, owner: ghost, ...change }));
    await insert({});
    const second = insert(more);
    await (possible ? expect(second).resolves.toBeUndefined() : expect(second).rejects.toThrow(/unique/i));
  });
});

describe('the owner of a message and of a reaction', () => {
  /** The names that a message and a reaction of this owner are read with. */
  async function namesOf(store: Store, type: ProviderType, id: string): Promise<string[]> {
    const { thread } = await seed(store);
    const owner = { type, id, name: 'What it was called' };
    const { id: messageId } = await store.messages.insert(aMessage({ threadId: thread.id, owner }));
    await store.reactions.insert(aReaction({ messageId, owner }));
    const things = [
      await store.messages.find(messageId),
      ...(await store.messages.newest(thread.id, 1)),
      ...(await store.reactions.of(messageId)),
    ];
    expect(things.map((thing) => thing?.owner.type)).toEqual([type, type, type]);
    expect(things.map((thing) => thing?.owner.id)).toEqual([id, id, id]);
    return things.map((thing) => thing?.owner.name ?? '');
  }

  test('is called what the person is called now', async () => {
    const store = await openStore();
    const ada = aUser({ name: `Ada ${hardText}` });
    await store.users.insert(ada);
    expect(await namesOf(store, 'user', ada.id)).toEqual([ada.name, ada.name, ada.name]);
  });

  test.each([
    ['a bot', {}],
    ['an archived bot', { archivedAt: at(1) }],
  ])('is called what %s is called now', async (_, more) => {
    const store = await openStore();
    const { thread } = await seed(store);
    const bot = aBot({ threadId: thread.id, name: 'Robbie 🤖', ...more });
    await store.bots.insert(bot);
    expect(await namesOf(store, 'bot', bot.id)).toEqual(['Robbie 🤖', 'Robbie 🤖', 'Robbie 🤖']);
  });

  test.each(['user', 'bot'] as const)('is called Bot when the %s is gone', async (type) => {
    expect(await namesOf(await openStore(), type, newId())).toEqual(['Bot', 'Bot', 'Bot']);
  });

  test('is a ghost from the moment in which the bot is removed', async () => {
    const file = databaseFile();
    const store = await openStore(file);
    const { bot, thread } = await seed(store);
    const owner = { type: 'bot', id: bot.id, name: bot.name } as const;
    const { id } = await store.messages.insert(aMessage({ threadId: thread.id, owner }));
    expect((await store.messages.find(id))?.owner).toEqual(owner);
    await execute(file, `pragma foreign_keys = on; delete from bots where id = '${bot.id}'`);
    expect((await store.messages.find(id))?.owner).toEqual({ ...owner, name: 'Bot' });
  });
});
