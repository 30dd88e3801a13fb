import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { eventSchemas } from '../../../src/api/realtime.ts';
import type { App } from '../../../src/app.ts';
import type { Message } from '../../../src/domain/message.ts';
import type { Profile } from '../../../src/domain/profile.ts';
import { asProvider, type User } from '../../../src/domain/user.ts';
import { archiveMessage } from '../../../src/services/messages/archive-message.ts';
import { editMessage } from '../../../src/services/messages/edit-message.ts';
import { sendMessage } from '../../../src/services/messages/send-message.ts';
import {
  demoteParticipant,
  promoteParticipant,
  updatePermissions,
} from '../../../src/services/participants/change-participant.ts';
import { addReaction, removeReaction } from '../../../src/services/reactions/add-reaction.ts';
import { archiveThread } from '../../../src/services/threads/archive-thread.ts';
import { markRead } from '../../../src/services/threads/mark-read.ts';
import { muteThread } from '../../../src/services/threads/mute-thread.ts';
import { sendKnock } from '../../../src/services/threads/send-knock.ts';
import { updateSettings } from '../../../src/services/threads/update-settings.ts';
import { ensureGroup, ensureParticipant } from '../../../src/services/users/people.ts';
import { samples } from '../../support/file-bytes.ts';
import { Live } from '../../support/live.ts';
import type { RawClient, Told } from '../../support/realtime.ts';
import { endAfterAll } from '../../support/temporary-folder.ts';
import type { Role } from '../../support/test-server.ts';

const atEnd = endAfterAll();
let live: Live;
const clients = new Map<Role, RawClient>();
const inside: Role[] = ['admin', 'manager', 'participant'];

beforeAll(async () => {
  live = await Live.open({}, atEnd);
  for (const role of inside) clients.set(role, await live.connect(role, live.own(role), live.room));
  await hear(async () => {});
});

const somebody = (role: Role): User => {
  const user = live.testServer.users.get(role);
  if (user === undefined) throw new Error(`There is no ${role}.`);
  return user;
};

/** Who is behind an event, as the event says it. */
const by = (user: User) => ({ by: asProvider(user), profile: { type: 'user', user } as const });
const from = (user: User) => ({ from: asProvider(user), profile: { type: 'user', user } as const });

async function send(role: Role, body: string): Promise<Message> {
  const { app, thread } = live.testServer;
  const { message } = await sendMessage(app, {
    threadId: thread.id,
    sender: somebody(role),
    outgoing: { body },
  });
  return message;
}

async function participant(app: App, role: Role) {
  const found = await app.store.participants.find(live.testServer.thread.id, somebody(role).id);
  if (found === undefined) throw new Error(`The ${role} is not in the group.`);
  return found;
}

type Heard = Array<Told & { role: Role }>;
let marks = 0;

/** Everything that everybody heard while something happened, each in its order. */
async function hear(act: () => Promise<unknown>): Promise<Heard> {
  await act();
  const mark = `mark ${++marks}`;
  await send('admin', mark);
  const all = [...clients].map(async ([role, client]) =>
    (await live.until(client, mark)).map((told) => ({ ...told, role })),
  );
  const heard = (await Promise.all(all)).flat().filter(({ event }) => !event.startsWith('pusher'));
  for (const { event, data } of heard) expect(unlikeItsSchema(event, data)).toBeNull();
  return heard;
}

const schemas = new Map<string, z.ZodType>(Object.entries(eventSchemas));

/** What an event carries besides or instead of what its schema says; null where it is as it should be. */
function unlikeItsSchema(event: string, data: unknown): unknown {
  const read = schemas.get(event)?.safeParse(data);
  return read?.success && isDeepStrictEqual(read.data, data) ? null : { event, data, read };
}

/** Who heard which events; those of the group's own channel have a star. */
function hearers(heard: Heard): Record<string, string> {
  const byEvent: Record<string, string> = {};
  for (const { role, event, channel } of heard) {
    const name = channel?.startsWith('presence-') ? `${event} *` : event;
    byEvent[name] = byEvent[name] === undefined ? role : `${byEvent[name]} ${role}`;
  }
  return byEvent;
}

const everybody = inside.join(' ');

/** Something that happens, to a message of the participant where it needs one. */
type Act = (app: App, message: Message) => Promise<unknown>;

describe('who hears of', () => {
  const here = () => live.testServer.thread;
  const [admin, paula] = [() => somebody('admin'), () => somebody('participant')];
  const wave = '👋';
  const bot = { type: 'bot' as const, id: 'gone', name: 'Gone' };
  const gone: Profile = { type: 'ghost', of: bot };

  test.each<[string, Act, Record<string, string>]>([
    ['a message', () => send('manager', 'hi'), { 'new.message': everybody }],
    [
      'an edited message',
      (app, message) => editMessage(app, { thread: here(), user: paula(), message, text: 'other' }),
      { 'message.edited *': everybody },
    ],
    [
      'an archived message',
      (app, message) => archiveMessage(app, { thread: here(), user: paula(), message }),
      { 'message.archived': everybody },
    ],
    [
      'a reaction to the message of another',
      (app, message) => addReaction(app, { thread: here(), user: admin(), message, text: wave }),
      { 'reaction.added *': everybody, 'reaction.added': 'participant' },
    ],
    [
      'a reaction to their own message',
      (app, message) => addReaction(app, { thread: here(), user: paula(), message, text: wave }),
      { 'reaction.added *': everybody },
    ],
    [
      'a reaction that is taken back',
      async (app, message) => {
        const reaction = await addReaction(app, { thread: here(), user: admin(), message, text: wave });
        await removeReaction(app, { thread: here(), user: admin(), message, reaction });
      },
      {
        'reaction.added *': everybody,
        'reaction.removed *': everybody,
        'reaction.added': 'participant',
        'reaction.removed': 'participant',
      },
    ],
    ['a knock', (app) => sendKnock(app, here(), admin()), { 'knock.knock': 'manager participant' }],
    [
      'reading',
      async (app) => {
        const thread = await app.store.threads.find(here().id);
        if (thread) await markRead(app, thread, somebody('manager'));
      },
      { 'thread.read': 'manager' },
    ],
    [
      'new permissions',
      async (app) =>
        updatePermissions(app, {
          thread: here(),
          user: admin(),
          participant: await participant(app, 'participant'),
          permissions: { sendKnocks: true },
        }),
      { 'permissions.updated': 'participant' },
    ],
    [
      'a new admin',
      async (app) =>
        promoteParticipant(app, {
          thread: here(),
          user: admin(),
          participant: await participant(app, 'participant'),
        }),
      { 'promoted.admin': 'participant', 'new.message': everybody },
    ],
    [
      'an admin who is none any more',
      async (app) =>
        demoteParticipant(app, {
          thread: here(),
          user: admin(),
          participant: await participant(app, 'participant'),
        }),
      { 'demoted.admin': 'participant', 'new.message': everybody },
    ],
    [
      'new settings',
      async (app) =>
        updateSettings(app, {
          thread: here(),
          user: admin(),
          subject: 'Lounge',
          settings: { ...here().settings, invitations: false },
        }),
      { 'thread.settings *': everybody },
    ],
    [
      'a new picture',
      async (app) => app.events.emit('ThreadAvatar', { thread: here(), ...by(admin()) }),
      { 'thread.avatar *': everybody },
    ],
    [
      'a bot that types, stops and reads',
      async ({ events }, { id: messageId }) => {
        const shown = { threadId: here().id, from: bot, profile: gone };
        events.emit('Typing', shown);
        events.emit('StoppedTyping', shown);
        events.emit('Read', { ...shown, messageId });
      },
      { 'client-typing *': everybody, 'client-stop-typing *': everybody, 'client-read *': everybody },
    ],
    [
      'what a bot does silently',
      async ({ events }, message) => {
        const reaction = { id: 'r', messageId: message.id, owner: bot, reaction: ':wave:', createdAt: '' };
        const of = { thread: here(), message, profile: gone, silent: true };
        events.emit('NewMessage', { ...of, replyTo: null });
        events.emit('ReactionAdded', { ...of, reaction });
        events.emit('MessageArchived', { threadId: here().id, messageId: message.id, silent: true });
        events.emit('Knock', { thread: here(), from: bot, profile: gone, silent: true });
      },
      {},
    ],
  ])('%s', async (_, act, expected) => {
    const messages: Message[] = [];
    await hear(async () => messages.push(await send('participant', 'mine')));
    const [message] = messages;
    if (message === undefined) throw new Error('There is no message.');
    expect(hearers(await hear(() => act(live.testServer.app, message)))).toEqual(expected);
  });

  test('a message, but those who have muted the group', async () => {
    const { app, thread } = live.testServer;
    const admin = clients.get('admin');
    await muteThread(app, { thread, user: somebody('manager'), muted: true });
    await send('admin', 'pst');
    if (admin) await live.until(admin, 'pst');
    await muteThread(app, { thread, user: somebody('manager'), muted: false });
    expect(hearers(await hear(async () => {}))).toEqual({ 'new.message': 'participant' });
  });
});

describe('what is told', () => {
  const told = async (event: string, act: () => Promise<unknown>): Promise<unknown> => {
    const heard = await hear(act);
    return heard.find((one) => one.event === event && one.role === 'participant')?.data;
  };

  test('a message as its sender is answered, with its temporary id', async () => {
    const { testServer } = live;
    const path = `/threads/${testServer.thread.id}/messages`;
    const answers: unknown[] = [];
    const data = await told('new.message', async () => {
      answers.push((await testServer.call('POST', path, { message: 'hello', temporary_id: 'tmp-1' })).body);
    });
    expect(data).toEqual(answers[0]);
    expect(data).toMatchObject({ body: 'hello', temporary_id: 'tmp-1', embeds: false, reacted: false });
  });

  test('of a knock, the thread and who knocks', async () => {
    live.testServer.testGroup.clock.advance(300_000);
    const { app, thread } = live.testServer;
    expect(await told('knock.knock', () => sendKnock(app, thread, somebody('admin')))).toEqual({
      thread: {
        ...{ id: thread.id, name: 'Lounge', type: 2, type_verbose: 'GROUP', group: true },
        avatar: expect.objectContaining({ sm: expect.any(String) }),
      },
      sender: expect.objectContaining({ name: 'Ada', provider_alias: 'user' }),
    });
  });

  test('of the picture of a group, all of its settings', async () => {
    const { testServer } = live;
    const form = new FormData();
    form.set('image', new Blob([new Uint8Array(samples.png)]), 'a.png');
    const path = `/threads/${testServer.thread.id}`;
    const data = await told('thread.avatar', () => testServer.call('POST', `${path}/avatar`, form));
    const { body } = await testServer.call('GET', `${path}/settings`);
    expect(data).toEqual({ sender: expect.objectContaining({ name: 'Ada' }), ...body });
  });

  test('of a reaction, to the author the message with it', async () => {
    const { app, thread } = live.testServer;
    const heard = await hear(async () => {
      const message = await send('participant', 'nice');
      await addReaction(app, { thread, user: somebody('admin'), message, text: ':joy:' });
    });
    const both = heard.filter(({ event, role }) => event === 'reaction.added' && role === 'participant');
    expect(both.map(({ data }) => data)).toEqual([
      expect.objectContaining({ reaction: ':joy:', owner: expect.objectContaining({ name: 'Ada' }) }),
      expect.objectContaining({ message: expect.objectContaining({ body: 'nice', reacted: true }) }),
    ]);
    expect(both[0]?.data).not.toHaveProperty('message');
    expect(both[1]?.data).not.toHaveProperty('message.reactions');
  });

  test('of a person, what client events say of people', async () => {
    const { app, thread } = live.testServer;
    const admin = somebody('admin');
    const data = await told('client-read', async () =>
      app.events.emit('Read', { threadId: thread.id, ...from(admin), messageId: 'm' }),
    );
    expect(data).toEqual({
      provider_id: admin.id,
      provider_alias: 'user',
      name: 'Ada',
      avatar: expect.stringContaining('/sm/'),
      message_id: 'm',
    });
  });
});

test('a hundred messages come in their order, beside everything else', async () => {
  const { app, thread } = live.testServer;
  const ids: string[] = [];
  const heard = await hear(async () => {
    for (let count = 0; count < 100; count += 1) {
      const message = await send('manager', `number ${count}`);
      ids.push(message.id);
      app.events.emit('Typing', { threadId: thread.id, ...from(somebody('manager')) });
    }
  });
  const mine = heard.filter(({ role }) => role === 'participant');
  expect(mine.map(({ event }) => event)).toEqual(ids.flatMap(() => ['new.message', 'client-typing']));
  const messages = mine.filter(({ event }) => event === 'new.message');
  expect(messages.map(({ data }) => (data as { id: string }).id)).toEqual(ids);
});

// The last one: nothing is told of the group any more.
test('a message of a group that was archived is told to nobody, though another process tells of it late', async () => {
  const { app, thread } = live.testServer;
  const garden = await ensureGroup(app, 'Garden', {});
  for (const role of inside)
    await ensureParticipant(app, { thread: garden, user: somebody(role), admin: role === 'admin' });
  const late = await send('participant', 'late');
  await archiveThread(app, thread, somebody('admin'));
  const { profile } = from(somebody('participant'));
  app.events.emit('NewMessage', { thread, message: late, profile, replyTo: null, silent: false });
  await sendMessage(app, { threadId: garden.id, sender: somebody('admin'), outgoing: { body: 'the end' } });
  for (const client of clients.values()) {
    const heard = (await live.until(client, 'the end')).map(({ event, data }) => [event, Object(data).body]);
    const archived = heard.findIndex(([event]) => event === 'thread.archived');
    expect(heard.slice(archived + 1)).toEqual([]);
    expect(heard.filter(([, body]) => body === 'late')).toHaveLength(1);
  }
});
