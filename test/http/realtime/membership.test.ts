import { beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openHttpServer } from '../../../src/http/server.ts';
import { addParticipants } from '../../../src/services/participants/add-participants.ts';
import { removeParticipant } from '../../../src/services/participants/change-participant.ts';
import { Live } from '../../support/live.ts';
import { endAfterAll } from '../../support/temporary-folder.ts';
import type { Role } from '../../support/test-server.ts';

const atEnd = endAfterAll();
let live: Live;
beforeAll(async () => {
  live = await Live.open({}, atEnd);
});

const idOf = (role: Role): string => live.testServer.users.get(role)?.id ?? '';

describe('a signature', () => {
  test.each<[Role, string, () => string, number]>([
    ['guest', 'the group', () => live.room, 401],
    ['guest', 'somebody', () => live.own('admin'), 401],
    ['outsider', 'the group', () => live.room, 403],
    ['outsider', 'themselves', () => live.own('outsider'), 200],
    ['outsider', 'somebody else', () => live.own('admin'), 403],
    ['participant', 'the group', () => live.room, 200],
    ['participant', 'themselves', () => live.own('participant'), 200],
    ['participant', 'somebody else', () => live.own('admin'), 403],
    ['admin', 'somebody else', () => live.own('participant'), 403],
    ['admin', 'a group that is none', () => 'presence-messenger.thread.nowhere', 403],
    ['admin', 'a public channel', () => 'news', 403],
    ['admin', 'a channel of another application', () => 'private-orders', 403],
    ['admin', 'a bot', () => `private-messenger.bot.${idOf('admin')}`, 403],
  ])('for a %s, to listen to %s', async (role, _, channel, status) => {
    expect((await live.sign(role, '1.1', channel())).status).toBe(status);
  });

  test('for the group says who listens, as a provider without its record', async () => {
    const { body } = await live.sign('participant', '1.1', live.room);
    expect(body).toEqual({
      auth: expect.stringMatching(/^\w+:[0-9a-f]{64}$/),
      channel_data: expect.any(String),
    });
    expect(JSON.parse(body.channel_data)).toEqual({
      user_id: idOf('participant'),
      user_info: {
        name: 'Paula',
        route: null,
        provider_id: idOf('participant'),
        provider_alias: 'user',
        avatar: { sm: expect.any(String), md: expect.any(String), lg: expect.any(String) },
      },
    });
  });

  test('for oneself is nothing but itself', async () => {
    const { body } = await live.sign('participant', '1.1', live.own('participant'));
    expect(Object.keys(body)).toEqual(['auth']);
  });

  test('is asked for by form, too', async () => {
    const { status, body } = await live.testServer.request('/api/broadcasting/auth', {
      method: 'POST',
      headers: live.testServer.login('participant'),
      body: new URLSearchParams({ socket_id: '1.1', channel_name: live.own('participant') }),
    });
    expect([status, Object.keys(body)]).toEqual([200, ['auth']]);
  });

  test.each<[string, unknown]>([
    ['nothing', {}],
    ['no channel', { socket_id: '1.1' }],
    ['no socket', { channel_name: 'private-x' }],
    ['what names no socket', { socket_id: '1.1:private-y', channel_name: 'private-x' }],
    ['lists', { socket_id: ['1.1'], channel_name: ['private-x'] }],
  ])('is refused to who gives %s', async (_, body) => {
    const { status } = await live.testServer.request('/api/broadcasting/auth', {
      method: 'POST',
      headers: { ...live.testServer.login('admin'), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(status).toBe(422);
  });
});

test('a foreign page gets no socket', async () => {
  const { url, key } = live.testServer.server.realtime;
  const socket = new WebSocket(`${url}/app/${key}?protocol=7`, { origin: 'https://evil.example' });
  const status = await new Promise((resolve) => {
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
  });
  socket.on('error', () => {});
  socket.terminate();
  expect(status).toBe(403);
});

test('somebody who is removed hears no more of the group at once, and cannot come back by an old signature', async () => {
  const { app, thread } = live.testServer;
  const [admin, paula] = [live.testServer.users.get('admin'), live.testServer.users.get('participant')];
  const client = await live.connect('participant', live.own('participant'));
  const { body } = await live.sign('participant', client.socketId, live.room);
  const subscription = { event: 'pusher:subscribe', data: { channel: live.room, ...body } };
  await client.ask(subscription);
  const participant = await app.store.participants.find(thread.id, paula?.id ?? '');
  if (participant === undefined || admin === undefined) throw new Error('Nobody is there.');
  await removeParticipant(app, { thread, user: admin, participant });
  expect(await client.next()).toEqual({
    event: 'thread.left',
    channel: live.own('participant'),
    data: { thread_id: thread.id },
  });
  client.send(subscription);
  expect((await client.heard()).map(({ event }) => event)).toEqual([
    'pusher:error',
    'pusher:subscription_error',
  ]);
});

test('somebody who is added is told of the group', async () => {
  const { app, thread, users } = live.testServer;
  const [admin, oskar] = [users.get('admin'), users.get('outsider')];
  if (admin === undefined || oskar === undefined) throw new Error('Nobody is there.');
  const client = await live.connect('outsider', live.own('outsider'));
  await addParticipants(app, { thread, user: admin, providers: [{ id: oskar.id, alias: 'user' }] });
  const told = [await client.next(), await client.next()];
  expect(told.find(({ event }) => event === 'new.thread')?.data).toMatchObject({
    thread: { id: thread.id, name: 'Lounge', group: true, pending: false, created_at: thread.createdAt },
    sender: { name: 'Ada' },
  });
});

test('a revoked token cuts its sockets, also when another process revoked it', async () => {
  const client = await live.connect('manager', live.own('manager'));
  await live.testServer.testGroup.change(
    'update tokens set revoked_at = ? where user_id = ?',
    'now',
    idOf('manager'),
  );
  live.testServer.testGroup.clock.real.advance(15_000);
  expect(await client.closed).toBe(4009);
});

test('the server ends without waiting for its clients, which are told to come back', async () => {
  const ending = await Live.open({}, atEnd);
  const client = await ending.connect('admin', ending.own('admin'), ending.room);
  await ending.testServer.server.close();
  expect(await client.closed).toBe(4200);
  expect(ending.testServer.problems).toEqual([]);
});

test('the key stays the same when the server is opened again', async () => {
  const { server, app } = live.testServer;
  const other = await openHttpServer(app, { port: 0 });
  expect(other.realtime.key).toBe(server.realtime.key);
  expect(other.realtime.url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/);
  await other.close();
});
