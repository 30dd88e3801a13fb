import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { newAppKey, sign } from '../../../src/http/realtime/app-key.ts';
import { RawClient, RealtimeServer, type Told } from '../../support/realtime.ts';

let server: RealtimeServer;
beforeAll(async () => {
  server = await RealtimeServer.open(afterAll);
});

const room = 'presence-messenger.thread.1';
const ada = 'private-messenger.user.ada';
const refusal = (code: number) =>
  expect.objectContaining({ event: 'pusher:error', data: expect.objectContaining({ code }) });
const subscriptionError = (channel: string) =>
  expect.objectContaining({ event: 'pusher:subscription_error', channel });

describe('connecting', () => {
  test('the server greets with the id of the socket and the time after which it asks', async () => {
    const client = new RawClient(new WebSocket(server.url()));
    expect(await client.next()).toEqual({
      event: 'pusher:connection_established',
      data: { socket_id: expect.stringMatching(/^\d+\.\d+$/), activity_timeout: 120 },
    });
    client.socket.close();
    expect(await client.closed).toBe(1005);
  });

  test.each([
    ['an unknown key', () => server.url('unknown'), 4001],
    ['no version', () => server.url(server.app.key, ''), 4008],
    ['a version to come', () => server.url(server.app.key, '?protocol=99'), 4007],
  ])('with %s it is told why not and cut', async (_, url, code) => {
    const client = new RawClient(new WebSocket(url()));
    expect(await client.next()).toEqual(refusal(code));
    expect(await client.closed).toBe(code);
  });

  test.each([
    ['a foreign page', () => new WebSocket(server.url(), { origin: 'https://evil.example' }), 403],
    ['another path', () => new WebSocket(`ws://127.0.0.1:${server.port}/elsewhere`), 404],
    ['a path below the key', () => new WebSocket(`${server.url(server.app.key, '')}/more`), 404],
  ])('from %s there is no socket', async (_, open, status) => {
    const [, response] = await once(open(), 'unexpected-response');
    expect(response.statusCode).toBe(status);
  });

  test('one more than there may be is sent away for a while', async () => {
    const small = await RealtimeServer.open(onTestFinished, { connections: 1 });
    const first = await small.connect();
    const second = new RawClient(new WebSocket(small.url()));
    expect(await second.next()).toEqual(refusal(4100));
    expect(await second.closed).toBe(4100);
    expect(await first.heard()).toEqual([]);
  });

  test('with nobody logged in, the oldest of an address makes room', async () => {
    const small = await RealtimeServer.open(onTestFinished, { anonymous: 2 });
    const known = await small.connect();
    small.pusher.hub.grant(known.socketId, { channel: ada, userId: 'ada', credential: undefined });
    const [oldest, second] = [await small.connect(), await small.connect()];
    const third = await small.connect();
    expect(await oldest.closed).toBe(4100);
    for (const client of [known, second, third]) expect(await client.heard()).toEqual([]);
  });

  test('one more than a person may have is sent away, and the others and other people stay', async () => {
    const small = await RealtimeServer.open(onTestFinished, { socketsOfPerson: 2 });
    const [one, two, three] = [await small.connect(), await small.connect(), await small.connect()];
    const grant = (client: RawClient, userId: string, channel = ada) =>
      small.pusher.hub.grant(client.socketId, { channel, userId, credential: undefined });
    expect([grant(one, 'ada'), grant(two, 'ada'), grant(two, 'ada', room)]).toEqual([true, true, true]);
    expect(grant(three, 'ada')).toBe(false);
    expect(await three.closed).toBe(4100);
    const four = await small.connect();
    expect(grant(four, 'bob')).toBe(true);
    for (const client of [one, two, four]) expect(await client.heard()).toEqual([]);
    one.socket.close();
    await one.closed;
    expect(await two.heard()).toEqual([]);
    expect(grant(await small.connect(), 'ada')).toBe(true);
  });

  test('who shared a socket that is gone has room for another, however much was asked for on it', async () => {
    const small = await RealtimeServer.open(onTestFinished, { socketsOfPerson: 1 });
    const [shared, next] = [await small.connect(), await small.connect()];
    const grant = (client: RawClient, userId: string, channel: string) =>
      small.pusher.hub.grant(client.socketId, { channel, userId, credential: undefined });
    grant(shared, 'bob', room);
    for (let count = 0; count < 1_001; count++) grant(shared, 'ada', `${room}-${count}`);
    expect(grant(next, 'bob', room)).toBe(false);
    expect(await next.closed).toBe(4100);
    shared.socket.close();
    await shared.closed;
    const last = await small.connect();
    expect(grant(last, 'bob', room)).toBe(true);
  });

  test('when the server ends, clients are told to come back', async () => {
    const ending = await RealtimeServer.open(onTestFinished);
    const client = await ending.connect();
    await ending.close();
    expect(await client.closed).toBe(4200);
  });
});

describe('silence', () => {
  test('a silent client is asked, and cut when it does not answer', async () => {
    const quiet = await RealtimeServer.open(onTestFinished);
    const client = await quiet.connect();
    quiet.clock.advance(120_000);
    expect(await client.next()).toEqual({ event: 'pusher:ping', data: {} });
    quiet.clock.advance(30_000);
    expect(await client.next()).toEqual(refusal(4201));
    expect(await client.closed).toBe(4201);
  });

  test('one that answers stays', async () => {
    const quiet = await RealtimeServer.open(onTestFinished);
    const client = await quiet.connect();
    quiet.clock.advance(120_000);
    await client.next();
    client.send({ event: 'pusher:pong', data: {} });
    expect(await client.heard()).toEqual([]);
    quiet.clock.advance(119_000);
    expect(await client.heard()).toEqual([]);
  });
});

describe('subscribing', () => {
  test('a private channel', async () => {
    const client = await server.connect();
    expect(await client.ask(server.subscription(client, ada))).toEqual({
      event: 'pusher_internal:subscription_succeeded',
      channel: ada,
      data: {},
    });
  });

  test('a presence channel tells who is there', async () => {
    await server.listener(`${room}0`, 'ada');
    const client = await server.connect();
    expect(await client.ask(server.subscription(client, `${room}0`, 'bob'))).toEqual({
      event: 'pusher_internal:subscription_succeeded',
      channel: `${room}0`,
      data: {
        presence: { ids: ['ada', 'bob'], hash: { ada: { name: 'ada' }, bob: { name: 'bob' } }, count: 2 },
      },
    });
  });

  test('beyond so many in a minute is refused, through however many sockets of a person', async () => {
    const small = await RealtimeServer.open(onTestFinished, { subscriptions: 3 });
    const other = await small.listener(room, 'quiet');
    const [one, two] = [await small.listener(room, 'restless'), await small.listener(room, 'restless')];
    await one.ask(small.subscription(one, room, 'restless'));
    two.send({ event: 'pusher:unsubscribe', data: { channel: room } });
    two.send(small.subscription(two, room, 'restless'));
    expect(await two.heard()).toEqual([refusal(4301), subscriptionError(room)]);
    expect((await other.ask(small.subscription(other, room, 'quiet'))).event).toMatch(/member_added$/);
    expect((await other.heard()).map(({ event }) => event)).toEqual([
      'pusher_internal:subscription_succeeded',
    ]);
    small.clock.advance(60_000);
    expect((await two.ask(small.subscription(two, room, 'restless'))).event).toMatch(/succeeded$/);
  });

  const subscribe = (data: object): Told => ({ event: 'pusher:subscribe', data });
  const forged = sign(newAppKey(), '1.1', ada);

  test.each<[string, (client: RawClient) => Told, string]>([
    ['no signature', () => subscribe({ channel: ada }), ada],
    ['a signature with another secret', () => subscribe({ channel: ada, auth: forged }), ada],
    ['half a signature', () => subscribe({ channel: ada, auth: forged.slice(0, 30) }), ada],
    [
      'the signature for another channel',
      (client) => subscribe({ channel: ada, auth: sign(server.app, client.socketId, `${ada}2`) }),
      ada,
    ],
    [
      'the signature for another socket',
      () => subscribe({ channel: ada, auth: sign(server.app, '1.1', ada) }),
      ada,
    ],
    [
      'a member that was not signed',
      ({ socketId }) =>
        subscribe({
          channel: room,
          auth: sign(server.app, socketId, room, '{}'),
          channel_data: '{"user_id":1}',
        }),
      room,
    ],
    ['a public channel', (client) => server.subscription(client, 'news'), 'news'],
    [
      'an encrypted channel',
      (client) => server.subscription(client, 'private-encrypted-x'),
      'private-encrypted-x',
    ],
    ['a name with blanks', (client) => server.subscription(client, 'private-a b'), 'private-a b'],
  ])('with %s is refused', async (_, message, channel) => {
    const client = await server.connect();
    client.send(message(client));
    expect(await client.heard()).toEqual([refusal(4009), subscriptionError(channel)]);
  });

  test('a presence channel without saying who is refused', async () => {
    const client = await server.connect();
    client.send(server.subscription(client, room));
    expect(await client.heard()).toEqual([refusal(4200), subscriptionError(room)]);
  });

  test('somebody who was removed since the signature is refused', async () => {
    server.outsiders.add('eve');
    const client = await server.connect();
    client.send(server.subscription(client, room, 'eve'));
    expect(await client.heard()).toEqual([refusal(4009), subscriptionError(room)]);
  });

  test('when it cannot be told who somebody is, they are refused and stay connected', async () => {
    const client = await server.connect();
    client.send(server.subscription(client, room, 'broken'));
    expect(await client.heard()).toEqual([refusal(4200)]);
    expect(server.problems).toEqual([new Error('It rains.')]);
  });

  test('one channel more than a socket may have is refused', async () => {
    const small = await RealtimeServer.open(onTestFinished, { channels: 1 });
    const client = await small.listener(ada);
    client.send(small.subscription(client, `${ada}2`));
    expect(await client.heard()).toEqual([refusal(4100), subscriptionError(`${ada}2`)]);
  });

  test('twice is as once', async () => {
    const client = await server.listener(ada);
    await client.ask(server.subscription(client, ada));
    server.pusher.hub.publish([ada], 'hello', '{}');
    expect(await client.heard()).toEqual([{ event: 'hello', channel: ada, data: {} }]);
  });
});

describe('members', () => {
  test('come with their first socket and go with their last', async () => {
    const channel = `${room}-members`;
    const watcher = await server.listener(channel, 'ada');
    const [first, second] = [await server.listener(channel, 'bob'), await server.listener(channel, 'bob')];
    first.send({ event: 'pusher:unsubscribe', data: { channel } });
    await first.heard();
    expect(await watcher.heard()).toEqual([
      {
        event: 'pusher_internal:member_added',
        channel,
        data: { user_id: 'bob', user_info: { name: 'bob' } },
      },
    ]);
    second.socket.close();
    expect(await watcher.next()).toEqual({
      event: 'pusher_internal:member_removed',
      channel,
      data: { user_id: 'bob' },
    });
  });

  test('who is expelled hears nothing more, with no socket, and cannot come back', async () => {
    const channel = `${room}-expelled`;
    const sockets = [await server.listener(channel, 'zed'), await server.listener(channel, 'zed')];
    const other = await server.listener(channel, 'ada');
    server.outsiders.add('zed');
    server.pusher.hub.expel(channel, 'zed');
    server.pusher.hub.publish([channel], 'secret', '{}');
    const heard = await Promise.all(sockets.map((socket) => socket.heard()));
    const events = heard.flat().map(({ event }) => event);
    expect(new Set(events)).toEqual(new Set(['pusher_internal:member_added']));
    const [left, secret] = await other.heard();
    expect([left?.event, secret?.event]).toEqual(['pusher_internal:member_removed', 'secret']);
  });

  const gone = { code: 4009, message: 'gone' };

  test('whose access was withdrawn is cut', async () => {
    const client = await server.listener(ada);
    server.pusher.hub.grant(client.socketId, { channel: ada, userId: 'ada', credential: 'token' });
    server.pusher.hub.revoke('token', gone);
    expect(await client.closed).toBe(4009);
  });

  test('with two permissions lose what rests on the one that is withdrawn, and keep the other', async () => {
    const [first, second] = [`${room}-first`, `${room}-second`];
    const client = await server.listener(first, 'ada');
    await client.ask(server.subscription(client, second, 'ada'));
    const { hub } = server.pusher;
    hub.grant(client.socketId, { channel: first, userId: 'ada', credential: 'first' });
    hub.grant(client.socketId, { channel: second, userId: 'ada', credential: 'second' });
    hub.grant(client.socketId, { channel: second, userId: 'ada', credential: undefined });
    hub.revoke('first', gone);
    hub.publish([first, second], 'news', '{}');
    expect(await client.heard()).toEqual([
      refusal(4009),
      subscriptionError(first),
      { event: 'news', channel: second, data: {} },
    ]);
  });
});
