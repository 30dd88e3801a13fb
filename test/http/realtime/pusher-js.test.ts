import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { next, Pusher, type PusherClient } from '../../support/pusher.ts';
import { RealtimeServer } from '../../support/realtime.ts';

let server: RealtimeServer;
beforeAll(async () => {
  server = await RealtimeServer.open(afterAll);
});

/** The real client, logged in as somebody. */
function clientOf(user: string, key = server.app.key): PusherClient {
  const client = new Pusher(key, {
    cluster: '',
    wsHost: '127.0.0.1',
    wsPort: server.port,
    forceTLS: false,
    enabledTransports: ['ws'],
    authEndpoint: `http://127.0.0.1:${server.port}/auth`,
    auth: { headers: { Authorization: `Bearer ${user}` } },
  });
  onTestFinished(() => client.disconnect());
  return client;
}

test('connects, and is answered when it asks whether the server is there', async () => {
  const client = clientOf('ada');
  await next(client.connection, 'connected');
  expect(client.connection.socket_id).toMatch(/^\d+\.\d+$/);
  const pong = next(client.connection, 'message');
  client.send_event('pusher:ping', {});
  expect(await pong).toMatchObject({ event: 'pusher:pong' });
});

test('gives up with a key that is not known', async () => {
  const client = clientOf('ada', 'unknown');
  const error = await next(client.connection, 'error');
  expect(error).toMatchObject({ error: { data: { code: 4001 } } });
  expect(client.connection.state).toBe('disconnected');
});

test('hears what is sent to its private channel', async () => {
  const channel = clientOf('ada').subscribe('private-messenger.user.ada');
  const heard = next(channel, 'new.message');
  await next(channel, 'pusher:subscription_succeeded');
  server.pusher.hub.publish([channel.name], 'new.message', '{"body":"hi"}');
  expect(await heard).toEqual({ body: 'hi' });
  expect(server.asked).toContain('application/x-www-form-urlencoded');
});

test('is told of a channel it may not listen to', async () => {
  const channel = clientOf('ada').subscribe('private-forbidden');
  expect(await next(channel, 'pusher:subscription_error')).toMatchObject({ status: 403 });
});

test('is told of a signature that is none', async () => {
  const client = clientOf('ada');
  await next(client.connection, 'connected');
  const channel = client.channel('private-x') ?? client.subscribe('private-forbidden');
  const refused = next(client.connection, 'error');
  client.send_event('pusher:subscribe', { channel: channel.name, auth: 'forged' });
  expect(await refused).toMatchObject({ data: { code: 4009 } });
});

test('sees who is there, who comes and who goes, and hears them type', async () => {
  const name = 'presence-messenger.thread.1';
  const [ada, bob] = [clientOf('ada'), clientOf('bob')];
  const room = ada.subscribe(name);
  const here = await next<{ count: number; me: unknown }>(room, 'pusher:subscription_succeeded');
  expect(here).toMatchObject({ count: 1, me: { id: 'ada', info: { name: 'ada' } } });

  const came = next(room, 'pusher:member_added');
  const joined = bob.subscribe(name);
  await next(joined, 'pusher:subscription_succeeded');
  expect(await came).toEqual({ id: 'bob', info: { name: 'bob' } });

  const typing = new Promise((resolve) =>
    room.bind('client-typing', (data: unknown, metadata: unknown) => resolve([data, metadata])),
  );
  joined.trigger('client-typing', { name: 'Bob' });
  expect(await typing).toEqual([{ name: 'Bob' }, { user_id: 'bob' }]);

  const went = next(room, 'pusher:member_removed');
  bob.unsubscribe(name);
  expect(await went).toEqual({ id: 'bob', info: { name: 'bob' } });
});

test('comes back by itself, and subscribes again, when the server lets it go', async () => {
  const client = clientOf('ada');
  const channel = client.subscribe('private-messenger.user.back');
  await next(channel, 'pusher:subscription_succeeded');
  const again = next(channel, 'pusher:subscription_succeeded');
  for (const connection of server.pusher.hub.connections()) {
    connection.close({ code: 4200, message: 'Connect again.' });
  }
  await again;
  expect(client.connection.state).toBe('connected');
});
