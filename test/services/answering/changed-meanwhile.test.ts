import { beforeAll, describe, expect, test } from 'vitest';
import type { Bot } from '../../../src/domain/bot.ts';
import type { BotAction } from '../../../src/domain/bot-action.ts';
import type { Message } from '../../../src/domain/message.ts';
import type { Thread } from '../../../src/domain/thread.ts';
import type { User } from '../../../src/domain/user.ts';
import { archiveBot, restoreBot } from '../../../src/services/bots/archive-bot.ts';
import { attachAction } from '../../../src/services/bots/attach-action.ts';
import { removeBotAvatar, setBotAvatar } from '../../../src/services/bots/bot-avatar.ts';
import { createBot } from '../../../src/services/bots/create-bot.ts';
import { detachAction } from '../../../src/services/bots/detach-action.ts';
import { updateAction } from '../../../src/services/bots/update-action.ts';
import { updateBot } from '../../../src/services/bots/update-bot.ts';
import { archiveMessage } from '../../../src/services/messages/archive-message.ts';
import { editMessage } from '../../../src/services/messages/edit-message.ts';
import { sendFile } from '../../../src/services/messages/send-file.ts';
import { sendMessage } from '../../../src/services/messages/send-message.ts';
import { addParticipants } from '../../../src/services/participants/add-participants.ts';
import { removeParticipant } from '../../../src/services/participants/change-participant.ts';
import { addReaction } from '../../../src/services/reactions/add-reaction.ts';
import { archiveThread } from '../../../src/services/threads/archive-thread.ts';
import { leaveThread } from '../../../src/services/threads/leave-thread.ts';
import { muteThread } from '../../../src/services/threads/mute-thread.ts';
import { sendKnock } from '../../../src/services/threads/send-knock.ts';
import { setThreadAvatar } from '../../../src/services/threads/thread-avatar.ts';
import { updateSettings } from '../../../src/services/threads/update-settings.ts';
import { exactBot, posting } from '../../support/bot-source.ts';
import { endAfterAll } from '../../support/temporary-folder.ts';
import { TestGroup } from '../../support/test-group.ts';

/** What a request has looked up before it acts; meanwhile all of it may have changed. */
interface Known {
  testGroup: TestGroup;
  thread: Thread;
  user: User;
  bot: Bot;
  action: BotAction;
  message: Message;
}

type Call = (known: Known) => Promise<unknown>;

const picture = { name: 'a.png', bytes: new Uint8Array([1]), extension: 'png' };
const params = { cooldown: 0, admin_only: false, enabled: true };

/** Everything that people do in a group, and what they are told who may not. */
const calls: Array<[name: string, refusal: string, call: Call]> = [
  [
    'send',
    'send messages',
    ({ testGroup, thread, user }) =>
      sendMessage(testGroup.app, { threadId: thread.id, sender: user, outgoing: { body: 'x' } }),
  ],
  [
    'send a file',
    'upload document messages',
    ({ testGroup, thread, user }) =>
      sendFile(testGroup.app, { thread, sender: user, file: { ...picture, kind: 'document' } }),
  ],
  [
    'edit',
    'edit message',
    ({ testGroup, thread, user, message }) =>
      editMessage(testGroup.app, { thread, user, message, text: 'y' }),
  ],
  [
    'remove a message',
    'remove message',
    ({ testGroup, thread, user, message }) => archiveMessage(testGroup.app, { thread, user, message }),
  ],
  [
    'react',
    'react to that message',
    ({ testGroup, thread, user, message }) =>
      addReaction(testGroup.app, { thread, user, message, text: '👋' }),
  ],
  ['knock', 'knock', ({ testGroup, thread, user }) => sendKnock(testGroup.app, thread, user)],
  [
    'mute',
    'mute/unmute thread',
    ({ testGroup, thread, user }) => muteThread(testGroup.app, { thread, user, muted: true }),
  ],
  ['leave', 'leave that thread', ({ testGroup, thread, user }) => leaveThread(testGroup.app, thread, user)],
  [
    'add people',
    'add participants',
    ({ testGroup, thread, user }) => addParticipants(testGroup.app, { thread, user, providers: [] }),
  ],
  [
    'remove the group',
    'delete thread',
    ({ testGroup, thread, user }) => archiveThread(testGroup.app, thread, user),
  ],
  [
    'rename the group',
    'manage settings',
    ({ testGroup, thread, user }) =>
      updateSettings(testGroup.app, { thread, user, subject: 'New', settings: {} }),
  ],
  [
    'give it a picture',
    'manage settings',
    ({ testGroup, thread, user }) => setThreadAvatar(testGroup.app, { thread, user, picture }),
  ],
  [
    'make a bot',
    'create a bot',
    ({ testGroup, thread, user }) => createBot(testGroup.app, { thread, user, fields: { name: 'New' } }),
  ],
  [
    'change a bot',
    'update bot',
    ({ testGroup, thread, user, bot }) =>
      updateBot(testGroup.app, { thread, user, bot, fields: { ...bot, name: 'Other' } }),
  ],
  [
    'give a bot a picture',
    'update bot',
    ({ testGroup, thread, user, bot }) => setBotAvatar(testGroup.app, { thread, user, bot, picture }),
  ],
  [
    'take its picture',
    'update bot',
    ({ testGroup, thread, user, bot }) =>
      removeBotAvatar(testGroup.app, { thread, user, bot: { ...bot, avatar: 'a.png' } }),
  ],
  [
    'remove a bot',
    'remove bot',
    ({ testGroup, thread, user, bot }) => archiveBot(testGroup.app, { thread, user, bot }),
  ],
  [
    'restore a bot',
    'create a bot',
    ({ testGroup, thread, user, bot }) => restoreBot(testGroup.app, { thread, user, bot }),
  ],
  [
    'attach',
    'add bot actions',
    ({ testGroup, thread, user, bot }) =>
      attachAction(testGroup.app, { thread, user, bot, handler: 'act', params }),
  ],
  [
    'change an action',
    'update bot action',
    ({ testGroup, thread, user, bot, action }) =>
      updateAction(testGroup.app, { thread, user, bot, action, params: { ...params, cooldown: 9 } }),
  ],
  [
    'detach',
    'remove bot action',
    ({ testGroup, thread, user, bot, action }) => detachAction(testGroup.app, { thread, user, bot, action }),
  ],
];

const handler = { 'Act.ts': exactBot('Act', 'hi', posting("'there'")) };

async function open(atEnd = endAfterAll()): Promise<Known> {
  const testGroup = await TestGroup.open(handler, {}, atEnd);
  const action = await testGroup.attach('act');
  const bot = await testGroup.app.store.bots.find(action.botId);
  const message = await testGroup.send('Ada', 'hello');
  await testGroup.app.queue.idle();
  if (bot === undefined) throw new Error('There is no bot.');
  return { testGroup, thread: testGroup.thread, user: await testGroup.person('Ada'), bot, action, message };
}

/** Lets somebody's call begin, and stores a change before it comes to its transaction. */
async function overtaken(
  { testGroup }: Known,
  call: () => Promise<unknown>,
  change: string,
): Promise<unknown> {
  const { store } = testGroup.app;
  const transaction = store.transaction.bind(store);
  let isChanged = false;
  store.transaction = async (work) => {
    if (!isChanged) await testGroup.change(change);
    isChanged = true;
    return transaction(work);
  };
  try {
    return await call();
  } finally {
    store.transaction = transaction;
  }
}

describe('what changes before a call comes to its transaction counts', () => {
  let known: Known;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    known = await open(atEnd);
  });

  test.each(calls)('to %s, for somebody who was removed', async (_, refusal, call) => {
    const refused = overtaken(known, () => call(known), "update participants set removed_at = '2020'");
    await expect(refused).rejects.toThrow(`Not authorized`);
    await expect(call(known)).rejects.toThrow(refusal);
    await known.testGroup.change('update participants set removed_at = null');
  });

  test.each(calls)('to %s, in a group that was removed', async (_, _refusal, call) => {
    const refused = overtaken(known, () => call(known), "update threads set archived_at = '2020'");
    await expect(refused).rejects.toThrow('Unable to locate the thread you requested.');
    await known.testGroup.change('update threads set archived_at = null');
  });

  test('nothing of it was stored', async () => {
    const { store } = known.testGroup.app;
    expect((await store.messages.newest(known.thread.id, 9)).map(({ body }) => body)).toEqual(
      expect.arrayContaining(['hello']),
    );
    expect(await store.unclaimedFiles.all()).toEqual([]);
    expect((await store.bots.inThread(known.thread.id)).map(({ bot, actions }) => [bot, actions])).toEqual([
      [known.bot, [known.action]],
    ]);
  });
});

test('an action is neither changed nor detached when somebody else has detached it', async () => {
  const { testGroup, thread, user, bot, action } = await open();
  const events = [...testGroup.collect('BotActionRemoved'), ...testGroup.collect('BotActionUpdated')];
  await testGroup.change('delete from bot_actions');
  const changed = updateAction(testGroup.app, {
    thread,
    user,
    bot,
    action,
    params: { ...params, cooldown: 9 },
  });
  await expect(changed).rejects.toThrow('Unable to locate the bot action');
  await expect(detachAction(testGroup.app, { thread, user, bot, action })).rejects.toThrow(
    'Unable to locate',
  );
  expect(events).toEqual([]);
});

test('nothing is attached to a bot that was removed', async () => {
  const { testGroup, thread, user, bot } = await open();
  await testGroup.change("update bots set archived_at = '2020'");
  const attached = attachAction(testGroup.app, { thread, user, bot, handler: 'act', params });
  await expect(attached).rejects.toThrow('Unable to locate the bot');
});

test('nobody hears a message once the group was removed, however many write at that moment', async () => {
  const { testGroup, thread, user } = await open();
  const heard: string[] = [];
  testGroup.app.events.on('NewMessage', ({ message }) => heard.push(message.body));
  testGroup.app.events.on('ThreadArchived', () => heard.push('removed'));
  const send = (number: number) =>
    sendMessage(testGroup.app, {
      threadId: thread.id,
      sender: user,
      outgoing: { body: `message ${number}` },
    });
  const sent = [
    ...Array.from({ length: 20 }, (_, number) => send(number)),
    archiveThread(testGroup.app, thread, user),
    ...Array.from({ length: 20 }, (_, number) => send(20 + number)),
  ];
  await Promise.allSettled(sent);
  expect(heard.indexOf('removed')).toBe(heard.length - 1);
  const stored = await testGroup.app.store.messages.newest(thread.id, 100);
  expect(
    stored
      .map(({ body }) => body)
      .reverse()
      .slice(-heard.length + 1),
  ).toEqual(heard.slice(0, -1));
});

test('somebody who is removed while many of their messages are on the way sends no more', async () => {
  const { testGroup, thread, user } = await open();
  const bob = await testGroup.person('Bob');
  const participant = await testGroup.app.store.participants.find(thread.id, bob.id);
  if (participant === undefined) throw new Error('Bob is not there.');
  const heard: string[] = [];
  testGroup.app.events.on('NewMessage', ({ message }) => heard.push(message.body));
  const send = () =>
    sendMessage(testGroup.app, { threadId: thread.id, sender: bob, outgoing: { body: 'still here' } });
  await Promise.allSettled([
    send(),
    send(),
    removeParticipant(testGroup.app, { thread, user, participant }),
    send(),
    send(),
  ]);
  expect(heard.at(-1)).toBe('removed Bob');
});
