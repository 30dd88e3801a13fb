import { afterAll, describe, expect, test } from 'vitest';
import { daysAgo } from '../../../src/base/clock.ts';
import type { Bot } from '../../../src/domain/bot.ts';
import type { Thread } from '../../../src/domain/thread.ts';
import { archiveBot, restoreBot } from '../../../src/services/bots/archive-bot.ts';
import { archivedBotNamed, botNamed, listBots } from '../../../src/services/bots/bot-lists.ts';
import { purgeBots } from '../../../src/services/bots/purge-bots.ts';
import { ensureGroup, ensureUser } from '../../../src/services/users/people.ts';
import { exactBot, posting } from '../../support/bot-source.ts';
import { openLatch, waitingAtLatch } from '../../support/latch.ts';
import { rejection } from '../../support/sandbox.ts';
import { TestGroup } from '../../support/test-group.ts';

const onHi = (name: string, settings = '') => exactBot(name, 'hi', posting(`'${name}'`), { settings });

const testGroup = await TestGroup.open(
  {
    'A.ts': onHi('A'),
    'B.ts': onHi('B'),
    'Once.ts': onHi('Once', 'unique: true,'),
    'Slow.ts': exactBot('Slow', 'wait', waitingAtLatch('archive')),
  },
  {},
  afterAll,
);
const { app } = testGroup;
const ada = await testGroup.person('Ada');
let groups = 0;

/** Another group of Ada's and Bob's, in which the test continues. */
async function openGroup(): Promise<Thread> {
  testGroup.thread = await ensureGroup(app, `Group ${++groups}`, { chatBots: true });
  for (const name of ['Ada', 'Bob']) await testGroup.person(name);
  return testGroup.thread;
}

/** A bot in the group that has a handler. */
async function botWith(handler: string, name = handler.toUpperCase()): Promise<Bot> {
  const bot = await testGroup.bot(name);
  await testGroup.attach(handler, {}, bot);
  return bot;
}

const archive = (bot: Bot, user = ada) => archiveBot(app, { thread: testGroup.thread, user, bot });
const restore = (bot: Bot, user = ada) => restoreBot(app, { thread: testGroup.thread, user, bot });

/** Resolves when somebody has written this. */
async function heard(body: string): Promise<void> {
  while ((await testGroup.next('NewMessage')).message.body !== body);
}

/** What the system said last in the group. */
const lastSaid = async () => {
  const [message] = await app.store.messages.newest(testGroup.thread.id, 1);
  return [message?.type, message?.owner.name, message?.body];
};
/** The names of the bots of the group: those that live, and those in the archive. */
const names = async () => [
  (await app.store.bots.inThread(testGroup.thread.id)).map(({ bot }) => bot.name),
  (await app.store.archivedBots.inThread(testGroup.thread.id)).map((bot) => bot.name),
];

describe('a bot that is archived', () => {
  test('stops answering at once while others go on, keeps its actions, and the group is told', async () => {
    await openGroup();
    const [a, told] = [await botWith('a'), testGroup.collect('BotArchived')];
    await botWith('b');
    const actions = await app.store.bots.actionsOf(a.id);
    expect(await testGroup.say('Bob', 'hi')).toEqual(['A', 'B']);
    const archived = await archive(a);
    expect([told, await lastSaid()]).toEqual([[{ bot: archived }], [103, 'Ada', 'removed the BOT - A']]);
    expect(await testGroup.say('Bob', 'hi')).toEqual(['B']);
    expect(await names()).toEqual([['B'], ['A']]);
    expect([actions.length, await app.store.bots.actionsOf(a.id)]).toEqual([1, actions]);
  });

  test('does not answer what was written before and still waited', async () => {
    await openGroup();
    await botWith('slow');
    const a = await botWith('a');
    const waiting = heard('waiting');
    await testGroup.send('Bob', 'wait');
    await waiting;
    await testGroup.send('Bob', 'hi');
    await archive(a);
    openLatch('archive');
    await app.queue.idle();
    expect(await testGroup.written()).toEqual(['Bob: wait', 'SLOW: waiting', 'Bob: hi']);
  });

  test('answers again when it was restored, with what it had, and the group is told', async () => {
    await openGroup();
    const [a, told] = [await botWith('a'), testGroup.collect('BotRestored')];
    const before = await app.store.bots.inThread(testGroup.thread.id);
    const archived = await archive(a);
    expect(await testGroup.say('Bob', 'hi')).toEqual([]);
    const restored = await restore(archived);
    expect([told, await lastSaid()]).toEqual([[{ bot: restored }], [100, 'Ada', 'added the BOT - A']]);
    expect(await app.store.bots.inThread(testGroup.thread.id)).toEqual(before);
    expect(restored).toEqual(a);
    expect(await testGroup.say('Bob', 'hi')).toEqual(['A']);
  });

  test('goes on resting when it is restored', async () => {
    await openGroup();
    const a = await testGroup.bot('A', { cooldown: 60 });
    await testGroup.attach('a', { cooldown: 90 }, a);
    expect(await testGroup.say('Bob', 'hi')).toEqual(['A']);
    await restore(await archive(a));
    const [bot] = await listBots(app, testGroup.thread, ada);
    expect([bot?.cooldownUntil, bot?.actions[0]?.cooldownUntil]).toEqual([
      expect.stringMatching(/Z$/),
      expect.stringMatching(/Z$/),
    ]);
    expect(await testGroup.say('Bob', 'hi')).toEqual([]);
  });

  test('is told as it is stored', async () => {
    await openGroup();
    const archived = await archive(await botWith('a'));
    expect(await app.store.archivedBots.inThread(testGroup.thread.id)).toEqual([archived]);
  });
});

describe('archiving and restoring are refused', () => {
  test.each([
    ['to who is not in the group', 'Eve', ''],
    ['to who may not manage bots', 'Bob', ''],
    ['while chat_bots is off', 'Ada', 'chat_bots = 0'],
    ['while the group is locked', 'Ada', 'locked = 1'],
  ])('%s, and change nothing', async (_, name, change) => {
    const group = await openGroup();
    const [a, b] = [await archive(await botWith('a')), await botWith('b')];
    const user = await ensureUser(app, name);
    if (change !== '') await testGroup.change(`update threads set ${change} where id = ?`, group.id);
    const [thread = group, said] = [await app.store.threads.find(group.id), await lastSaid()];
    expect(await rejection(archiveBot(app, { thread, user, bot: b }))).toMatchObject({
      code: 'NOT_PERMITTED',
      message: 'Not authorized to remove bot.',
    });
    expect((await rejection(restoreBot(app, { thread, user, bot: a }))).code).toBe('NOT_PERMITTED');
    expect([await names(), await lastSaid()]).toEqual([[['B'], ['A']], said]);
  });

  test('while another bot has its unique handler', async () => {
    await openGroup();
    const first = await archive(await botWith('once', 'First'));
    const second = await botWith('once', 'Second');
    const said = await lastSaid();
    expect(await rejection(restore(first))).toMatchObject({
      code: 'HANDLER_UNIQUE',
      message: `You may only have one ( Once ) in ${testGroup.thread.subject} at a time.`,
    });
    expect([await names(), await lastSaid()]).toEqual([[['Second'], ['First']], said]);
    await archive(second);
    await restore(first);
    expect(await names()).toEqual([['First'], ['Second']]);
  });

  test('the second time, also at the same moment, and for a bot that was purged', async () => {
    await openGroup();
    const a = await botWith('a');
    const twice = async (work: (bot: Bot) => Promise<Bot>) => {
      const settled = await Promise.allSettled([work(a), work(a)]);
      expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const said = await lastSaid();
      expect((await rejection(work(a))).code).toBe('NOT_FOUND');
      expect(await lastSaid()).toEqual(said);
    };
    await twice(archive);
    await twice(restore);
    await archive(a);
    testGroup.clock.advance(1);
    await purgeBots(app, daysAgo(testGroup.clock, 0));
    for (const work of [restore, archive]) {
      expect((await rejection(work(a))).code).toBe('NOT_FOUND');
    }
    expect([await names(), await lastSaid()]).toEqual([
      [[], []],
      [103, 'Ada', 'removed the BOT - A'],
    ]);
  });

  test('the second time as not found, also with a unique handler', async () => {
    await openGroup();
    const once = await archive(await botWith('once'));
    await restore(once);
    expect((await rejection(restore(once))).code).toBe('NOT_FOUND');
  });
});

describe('a bot is found by its name or its id', () => {
  test('among those that live', async () => {
    const thread = await openGroup();
    const [one, two, a] = [await botWith('b', 'Same'), await botWith('b', 'Same'), await botWith('a')];
    expect([await botNamed(app, thread, 'A'), await botNamed(app, thread, two.id)]).toEqual([a, two]);
    expect(await rejection(botNamed(app, thread, 'Same'))).toMatchObject({
      code: 'NAME_AMBIGUOUS',
      message: `More than one bot is called "Same". Use an id instead: ${one.id}, ${two.id}.`,
    });
    await archive(a);
    expect((await rejection(botNamed(app, thread, 'A'))).message).toBe(
      `There is no bot "A" in ${thread.subject}.`,
    );
  });

  test('among the archived: of several with the name the last one archived', async () => {
    const thread = await openGroup();
    const [one, two] = [await botWith('a', 'Same'), await botWith('b', 'Same')];
    await archive(one);
    testGroup.clock.advance(1);
    await archive(two);
    const found = async (name: string) => (await archivedBotNamed(app, thread, name)).id;
    expect([await found('Same'), await found(one.id)]).toEqual([two.id, one.id]);
    await restore(two);
    expect(await found('Same')).toBe(one.id);
    expect((await rejection(found(two.id))).code).toBe('NOT_FOUND');
  });

  test('never in another group', async () => {
    const [a, gone] = [await openGroup().then(() => botWith('a')), await archive(await botWith('b'))];
    const thread = await openGroup();
    expect((await rejection(botNamed(app, thread, a.id))).code).toBe('NOT_FOUND');
    expect((await rejection(archivedBotNamed(app, thread, gone.id))).code).toBe('NOT_FOUND');
  });
});
