import { once } from 'node:events';
import fc from 'fast-check';
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
    const small = await RealtimeServer.open(onTestFinished, { strangers: 2 });
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
    server.pusher.hub.publish([ada], 'hello', {});
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
    server.pusher.hub.publish([channel], 'secret', {});
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
    hub.publish([first, second], 'news', {});
    expect(await client.heard()).toEqual([
      refusal(4009),
      subscriptionError(first),
      { event: 'news', channel: second, data: {} },
    ]);
  });
});

describe('client events', () => {
  const typing = (channel: string, data: unknown = { name: 'Ada' }): Told => ({
    event: 'client-typing',
    channel,
    data,
  });

  test('go to everybody else, with who sent them', async () => {
    const channel = `${room}-typing`;
    const [one, two] = [await server.listener(channel, 'ada'), await server.listener(channel, 'bob')];
    one.send(typing(channel));
    expect((await one.heard()).map(({ event }) => event)).toEqual(['pusher_internal:member_added']);
    expect(await two.heard()).toEqual([{ ...typing(channel), user_id: 'ada' }]);
  });

  test("go to a person's other sockets on a private channel", async () => {
    const [one, two] = [await server.listener(`${ada}-3`), await server.listener(`${ada}-3`)];
    one.send(typing(`${ada}-3`));
    await one.heard();
    expect(await two.heard()).toEqual([typing(`${ada}-3`)]);
  });

  test.each<[string, Told]>([
    ['to a channel of others', typing(ada)],
    ['to a public channel', typing('news')],
    ['to no channel', { event: 'client-typing', data: {} }],
    ['that are too large', typing(room, 'x'.repeat(10_241))],
    ['with a name that is too long', { ...typing(room), event: `client-${'x'.repeat(200)}` }],
  ])('%s are refused', async (_, message) => {
    const client = await server.listener(room, 'ada');
    await client.heard();
    expect(await client.ask(message)).toEqual(refusal(4301));
  });

  test('are refused beyond ten in a second, through however many sockets of a person', async () => {
    const channel = `${room}-loud`;
    const sockets = await Promise.all(Array.from({ length: 11 }, () => server.listener(channel, 'loud')));
    const other = await server.listener(channel, 'quiet');
    for (const socket of sockets) await socket.heard();
    await other.heard();
    const answers = [];
    for (const socket of sockets) {
      socket.send(typing(channel));
      const heard = await socket.heard();
      answers.push(...heard.filter(({ event }) => event === 'pusher:error'));
    }
    expect(answers).toEqual([refusal(4301)]);
    expect(await other.heard()).toHaveLength(10);
    other.send(typing(channel));
    expect(await other.heard()).toEqual([]);
    server.clock.advance(1_000);
    sockets[0]?.send(typing(channel));
    expect(await other.heard()).toEqual([{ ...typing(channel), user_id: 'loud' }]);
  });
});

describe('what is no message of the protocol', () => {
  test.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['null', 'null'],
    ['no event', '{"data":{}}'],
    ['an event that is no text', '{"event":{}}'],
    ['a subscription without a channel', '{"event":"pusher:subscribe","data":{}}'],
    ['a subscription of a list', '{"event":"pusher:subscribe","data":[]}'],
    ['nothing to unsubscribe', '{"event":"pusher:unsubscribe"}'],
  ])('%s', async (_, message) => {
    const client = await server.connect();
    expect(await client.ask(message)).toEqual(refusal(4200));
    expect(await client.heard()).toEqual([]);
  });

  test.each([
    ['an event of the server', '{"event":"pusher_internal:member_added","channel":"news","data":"{}"}'],
    ['an event named like a method', '{"event":"constructor"}'],
    ['an unknown channel to leave', '{"event":"pusher:unsubscribe","data":{"channel":"nowhere"}}'],
  ])('%s does nothing', async (_, message) => {
    const client = await server.connect();
    client.send(message);
    expect(await client.heard()).toEqual([]);
  });

  test('anything at all: the server answers on', async () => {
    const client = await server.listener(room, 'ada');
    const word = fc.constantFrom(
      'event',
      'data',
      'channel',
      'auth',
      'channel_data',
      'pusher:subscribe',
      room,
    );
    const message = fc.oneof(
      fc.json(),
      fc.string(),
      fc.dictionary(word, fc.oneof(word, fc.jsonValue())).map((one) => JSON.stringify(one)),
    );
    await fc.assert(
      fc.asyncProperty(message, async (text) => {
        client.send(text);
        await client.heard();
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['lists', 9_000, '[', ']'],
    ['many lists', 30_000, '[', ']'],
    ['fields', 9_000, '{"a":', '}'],
  ])('data nested too deeply is refused, and is no failure of ours: %s', async (_, depth, open, close) => {
    const before = server.problems.length;
    const client = await server.listener(room, 'ada');
    await client.heard();
    const data = `${open.repeat(depth)}${open === '[' ? '' : '1'}${close.repeat(depth)}`;
    client.send(`{"event":"client-deep","channel":"${room}","data":${data}}`);
    expect(await client.heard()).toEqual([refusal(4301)]);
    client.send(`{"event":"pusher:subscribe","data":${data}}`);
    expect(await client.heard()).toEqual([refusal(4200)]);
    expect(server.problems).toHaveLength(before);
  });

  test('a message too large cuts the client', async () => {
    const client = await server.connect();
    client.send('x'.repeat(65_537));
    expect(await client.closed).toBe(1009);
  });
});

test('a client that does not read is cut, and the others hear everything', async () => {
  const channel = `${room}-slow`;
  const [slow, quick] = [await server.listener(channel, 'slow'), await server.listener(channel, 'quick')];
  slow.socket.pause();
  const data = 'x'.repeat(100_000);
  let heard = 0;
  for (let last = ''; last !== 'pusher_internal:member_removed'; heard += 1) {
    server.pusher.hub.publish([channel], 'news', data);
    last = (await quick.next()).event;
  }
  expect(heard).toBeGreaterThan(5);
});

test('five hundred sockets of twenty people each hear each event, in order', async () => {
  const channel = `${room}-crowd`;
  const people = Array.from({ length: 500 }, (_, index) => `person ${index % 20}`);
  const crowd = await Promise.all(people.map((person) => server.listener(channel, person)));
  const events = Array.from({ length: 20 }, (_, index) => `event ${index}`);
  for (const event of events) server.pusher.hub.publish([channel], event, { event });
  const heard = await Promise.all(crowd.map((client) => client.heard()));
  const wrong = heard.filter((all) => {
    const published = all.flatMap(({ event }) => (event.startsWith('pusher') ? [] : event));
    return published.join() !== events.join();
  });
  expect(wrong).toEqual([]);
});
