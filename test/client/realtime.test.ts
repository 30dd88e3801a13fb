import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { type PusherEvent, Realtime, type RealtimeStatus } from '../../src/client/index.ts';

interface Frame {
  event: string;
  data?: { channel?: string; auth?: string };
}

/** A server that speaks as much of the Pusher protocol as a client needs, and writes down what it hears. */
class SmallPusher {
  readonly heard: Frame[] = [];
  readonly sockets: WebSocket[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #http: Server;
  port = 0;

  constructor(readonly timeout = 120) {
    this.#http = createServer((_, response) => response.end(JSON.stringify({ auth: 'key:signed' })));
    new WebSocketServer({ server: this.#http }).on('connection', (socket) => this.#greet(socket));
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#http.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.#http.address() as AddressInfo).port;
    return this;
  }

  close(): void {
    for (const socket of this.sockets) socket.terminate();
    this.#http.closeAllConnections();
    this.#http.close();
  }

  say(event: string, data: object, channel?: string): void {
    this.sockets.at(-1)?.send(JSON.stringify({ event, data: JSON.stringify(data), channel }));
  }

  /** Resolves once so many frames of an event were heard. */
  async hears(event: string, times = 1): Promise<Frame[]> {
    for (;;) {
      const found = this.heard.filter((frame) => frame.event === event);
      if (found.length >= times) return found;
      await new Promise<void>((resolve) => this.#listeners.add(resolve));
    }
  }

  #greet(socket: WebSocket): void {
    this.sockets.push(socket);
    socket.on('message', (data) => {
      this.heard.push(JSON.parse(String(data)));
      for (const tell of this.#listeners) tell();
      this.#listeners.clear();
    });
    this.say('pusher:connection_established', { socket_id: '1.2', activity_timeout: this.timeout });
  }
}

function listenTo(server: SmallPusher) {
  const events: PusherEvent[] = [];
  const statuses: RealtimeStatus[] = [];
  const waiting = new Set<() => void>();
  const tell = () => {
    for (const wake of waiting) wake();
    waiting.clear();
  };
  const realtime = new Realtime({
    url: `http://127.0.0.1:${server.port}`,
    token: 'secret',
    realtime: { url: `ws://127.0.0.1:${server.port}`, key: 'key' },
    backoff: 1,
    onEvent: (event) => {
      events.push(event);
      tell();
    },
    onStatus: (status) => {
      statuses.push(status);
      tell();
    },
  });
  onTestFinished(() => realtime.close());
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise<void>((resolve) => waiting.add(resolve));
  };
  return { realtime, events, statuses, until };
}

async function pusher(timeout?: number): Promise<SmallPusher> {
  const server = await new SmallPusher(timeout).listen();
  onTestFinished(() => server.close());
  return server;
}

describe('events', () => {
  test('a channel is joined with a signature, and what happens there is heard', async () => {
    const server = await pusher();
    const { realtime, events, until } = listenTo(server);
    realtime.subscribe('private-messenger.user.1');
    const [joined] = await server.hears('pusher:subscribe');
    expect(joined?.data).toEqual({ channel: 'private-messenger.user.1', auth: 'key:signed' });
    server.say('new.message', { body: 'hi' }, 'private-messenger.user.1');
    await until(() => events.length > 0);
    expect(events).toEqual([
      { event: 'new.message', channel: 'private-messenger.user.1', data: { body: 'hi' } },
    ]);
  });

  test('who left a channel hears of it no more, and may whisper only where they are', async () => {
    const server = await pusher();
    const { realtime } = listenTo(server);
    realtime.subscribe('presence-messenger.thread.1');
    await server.hears('pusher:subscribe');
    realtime.whisper('presence-messenger.thread.1', 'client-typing', {});
    realtime.unsubscribe('presence-messenger.thread.1');
    realtime.whisper('presence-messenger.thread.1', 'client-typing', {});
    await server.hears('pusher:unsubscribe');
    expect(server.heard.filter(({ event }) => event === 'client-typing')).toHaveLength(1);
  });

  test('a ping is answered, and silence is asked about', async () => {
    const server = await pusher(0.05);
    listenTo(server);
    await server.hears('pusher:ping');
    server.say('pusher:ping', {});
    await server.hears('pusher:pong');
  });
});

describe('a lost connection', () => {
  test('is told, made again, and its channels are joined again', async () => {
    const server = await pusher();
    const { realtime, statuses, until } = listenTo(server);
    realtime.subscribe('private-messenger.user.1');
    await until(() => statuses.includes('online'));
    server.close();
    await until(() => statuses.includes('offline'));
    const again = new SmallPusher();
    again.port = server.port;
    await again.listen();
    onTestFinished(() => again.close());
    await again.hears('pusher:subscribe');
    await until(() => statuses.at(-1) === 'online');
    expect(statuses.slice(0, 3)).toEqual(['connecting', 'online', 'offline']);
  });

  test('that was closed on purpose stays closed', async () => {
    const server = await pusher();
    const { realtime, statuses, until } = listenTo(server);
    await until(() => statuses.includes('online'));
    realtime.close();
    await new Promise((resolve) => server.sockets[0]?.once('close', resolve));
    expect(statuses.at(-1)).toBe('closed');
  });
});
