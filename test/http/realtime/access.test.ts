import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { makeToken } from '../../../src/services/users/tokens.ts';
import { Live } from '../../support/live.ts';
import { RawClient } from '../../support/realtime.ts';
import { endAfterAll } from '../../support/temporary-folder.ts';
import type { Role } from '../../support/test-server.ts';
import { TestServer } from '../../support/test-server.ts';

const atEnd = endAfterAll();
let live: Live;
beforeAll(async () => {
  live = await Live.open({}, atEnd);
});

const errors = (heard: Array<{ event: string; channel?: string }>) =>
  heard.map(({ event, channel }) => [event, channel]);

describe('a socket that asked with two tokens', () => {
  /** Signs with a token, as whoever it is of. */
  const signWith = async (token: string, client: RawClient, channel: string) => {
    const { body } = await live.testServer.request('/api/broadcasting/auth', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ socket_id: client.socketId, channel_name: channel }),
    });
    return { event: 'pusher:subscribe', data: { channel, ...body } };
  };
  const revoke = async (token: string) => {
    await live.testServer.testGroup.change(
      'update tokens set revoked_at = created_at where id = ?',
      token.split('.')[0] ?? '',
    );
    live.testServer.testGroup.clock.real.advance(15_000);
  };
  const tokens = async () => {
    const [first, second] = [
      await makeToken(live.testServer.app, 'Ada'),
      await makeToken(live.testServer.app, 'Ada'),
    ];
    return [first.token, second.token] as const;
  };

  test('loses what rests on the first when that is revoked, though the second was asked with later', async () => {
    const client = await RawClient.connect(live.url);
    const [first, second] = await tokens();
    const own = live.own('admin');
    const subscription = await signWith(first, client, own);
    await client.ask(subscription);
    await client.ask(await signWith(second, client, live.room));
    await revoke(first);
    expect([await client.next(), await client.next()].map(({ event, channel }) => [event, channel])).toEqual([
      ['pusher:error', undefined],
      ['pusher:subscription_error', own],
    ]);
    // Its old signature is worth nothing now, and the other subscription goes on.
    client.send(subscription);
    expect(errors(await client.heard())).toEqual([
      ['pusher:error', undefined],
      ['pusher:subscription_error', own],
    ]);
    await live.testServer.call('PUT', `/threads/${live.testServer.thread.id}/settings`, settings('Den'));
    const { event, channel } = await client.next();
    expect([event, channel]).toEqual(['thread.settings', live.room]);
    await revoke(second);
    expect(await client.closed).toBe(4009);
  });

  test('for one channel loses that with either', async () => {
    const client = await RawClient.connect(live.url);
    const [first, second] = await tokens();
    await client.ask(await signWith(first, client, live.own('admin')));
    await signWith(second, client, live.own('admin'));
    await revoke(first);
    expect([await client.next(), await client.next()].map(({ event }) => event)).toEqual([
      'pusher:error',
      'pusher:subscription_error',
    ]);
  });

  test('one of which it never subscribed by, cannot subscribe by it once it is revoked', async () => {
    const client = await RawClient.connect(live.url);
    const [first, second] = await tokens();
    const late = await signWith(first, client, live.own('admin'));
    await client.ask(await signWith(second, client, live.room));
    await revoke(first);
    await client.next();
    await client.next();
    client.send(late);
    expect(errors(await client.heard())[0]).toEqual(['pusher:error', undefined]);
  });
});

describe('sockets of one person', () => {
  test('are fifty, over which others whisper and listen as before', async () => {
    const sockets = await Promise.all(Array.from({ length: 60 }, () => RawClient.connect(live.url)));
    const statuses: number[] = [];
    for (const { socketId } of sockets) {
      statuses.push((await live.sign('participant', socketId, live.room)).status);
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(50);
    expect(statuses.slice(50)).toEqual(Array(10).fill(429));
    expect(await Promise.all(sockets.slice(50).map(({ closed }) => closed))).toEqual(Array(10).fill(4100));
    const other = await live.connect('admin', live.own('admin'), live.room);
    expect(await other.heard()).toEqual([]);
    for (const { socket } of sockets) socket.terminate();
  });

  test('whisper ten times in a second together', async () => {
    const listener = await live.connect('admin', live.room);
    const sockets = [];
    for (let count = 0; count < 10; count += 1) sockets.push(await live.connect('manager', live.room));
    await listener.heard();
    for (const client of sockets) {
      for (let count = 0; count < 10; count += 1) {
        client.send({ event: 'client-typing', channel: live.room, data: {} });
      }
    }
    const refused = (await Promise.all(sockets.map((client) => client.heard())))
      .flat()
      .filter(({ event }) => event === 'pusher:error');
    expect(refused).toHaveLength(90);
    const whispers = (await listener.heard()).filter(({ event }) => event === 'client-typing');
    expect(whispers).toHaveLength(10);
  });
});

test('event streams of one person are as many, and end with their readers', async () => {
  const testServer = await TestServer.open({}, { http: { limits: { sockets: 2 } } }, onTestFinished);
  const path = `${testServer.server.url}/api/messenger/threads/${testServer.thread.id}/events`;
  const read = (role: Role) => {
    const ending = new AbortController();
    onTestFinished(() => ending.abort());
    return fetch(path, { headers: testServer.login(role), signal: ending.signal });
  };
  const answers = [await read('admin'), await read('admin'), await read('admin'), await read('participant')];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 200]);
});

test('signatures are counted among all requests of a person', async () => {
  const testServer = await TestServer.open({}, { http: { rateLimits: { api: 2 } } }, onTestFinished);
  const sign = (role: Role) =>
    testServer.request('/api/broadcasting/auth', {
      method: 'POST',
      headers: { ...testServer.login(role), 'content-type': 'application/json' },
      body: JSON.stringify({ socket_id: '1.1', channel_name: 'private-x' }),
    });
  expect((await testServer.call('GET', '', undefined, 'admin')).status).toBe(200);
  expect((await sign('admin')).status).toBe(403);
  const { status, headers } = await sign('admin');
  expect([status, headers.get('retry-after'), headers.get('x-ratelimit-remaining')]).toEqual([
    429,
    '60',
    '0',
  ]);
  expect((await sign('participant')).status).toBe(403);
  expect([(await sign('guest')).status, (await sign('guest')).status, (await sign('guest')).status]).toEqual([
    401, 401, 429,
  ]);
});

test('nothing went wrong inside', () => {
  expect(live.testServer.problems).toEqual([]);
});

const settings = (subject: string) => ({
  ...{ subject, add_participants: true, messaging: true, knocks: true },
  ...{ invitations: true, calling: false, chat_bots: true },
});
