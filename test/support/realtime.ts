import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { MovableClock } from '../../src/base/clock.ts';
import type { AppKey } from '../../src/domain/app-key.ts';
import { newAppKey, sign } from '../../src/http/realtime/app-key.ts';
import { PusherServer, type RealtimeLimits } from '../../src/http/realtime/pusher-server.ts';
import type { AtEnd } from './temporary-folder.ts';

/** A message of the protocol, its data read. */
export interface Told {
  event: string;
  data?: unknown;
  channel?: string;
  user_id?: string;
}

const read = (message: string): Told => {
  const told: Told = JSON.parse(message);
  return { ...told, data: typeof told.data === 'string' ? JSON.parse(told.data) : told.data };
};

/** A client that speaks the protocol word by word. */
export class RawClient {
  readonly socket: WebSocket;
  /** The code with which the connection ended. */
  readonly closed: Promise<number>;
  socketId = '';
  readonly #told: Told[] = [];
  #wake = () => {};

  static async connect(url: string): Promise<RawClient> {
    const client = new RawClient(new WebSocket(url));
    const { data } = await client.next();
    client.socketId = (data as { socket_id: string }).socket_id;
    return client;
  }

  constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = once(socket, 'close').then(([code]) => code);
    socket.on('message', (message) => {
      this.#told.push(read(message.toString()));
      this.#wake();
    });
  }

  /** What is told next. */
  async next(): Promise<Told> {
    const told = this.#told.shift();
    if (told !== undefined) return told;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    return this.next();
  }

  send(message: Told | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Sends a message and gives the answer to it. */
  ask(message: Told | string): Promise<Told> {
    this.send(message);
    return this.next();
  }

  /** What was told until the server has answered everything said so far. */
  async heard(): Promise<Told[]> {
    this.send({ event: 'pusher:ping' });
    const told: Told[] = [];
    for (let last = await this.next(); last.event !== 'pusher:pong'; last = await this.next())
      told.push(last);
    return told;
  }
}

/** The protocol's server over a plain HTTP server, which signs for whoever names themselves in a header. */
export class RealtimeServer {
  readonly app: AppKey = newAppKey();
  readonly clock: MovableClock;
  /** Who is not let onto presence channels. Whether `broken` is cannot be told. */
  readonly outsiders = new Set<string>();
  readonly pusher: PusherServer;
  /** What went wrong inside. */
  readonly problems: unknown[] = [];
  /** What the signing endpoint was asked, by content type. */
  readonly asked: string[] = [];
  readonly #server: Server;
  readonly #clients: RawClient[] = [];

  static async open(atEnd: AtEnd, limits: Partial<RealtimeLimits> = {}): Promise<RealtimeServer> {
    const realtime = new RealtimeServer(limits);
    realtime.#server.listen(0, '127.0.0.1');
    await once(realtime.#server, 'listening');
    atEnd(() => realtime.close());
    return realtime;
  }

  private constructor(limits: Partial<RealtimeLimits>) {
    const start = Date.now();
    this.clock = new MovableClock(() => start);
    this.#server = createServer((request, response) => void this.#sign(request, response));
    this.pusher = new PusherServer({
      server: this.#server,
      app: this.app,
      clock: this.clock,
      isAllowed: ({ headers }) => headers.origin !== 'https://evil.example',
      admits: async (_socket, _channel, userId) => {
        if (userId === 'broken') throw new Error('It rains.');
        return !this.outsiders.has(userId);
      },
      onError: (error) => this.problems.push(error),
      limits,
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The address of the sockets. */
  url(key = this.app.key, query = '?protocol=7&client=test&version=1'): string {
    return `ws://127.0.0.1:${this.port}/app/${key}${query}`;
  }

  async connect(): Promise<RawClient> {
    const client = await RawClient.connect(this.url());
    this.#clients.push(client);
    return client;
  }

  /** The request to listen to a channel, rightly signed. */
  subscription({ socketId }: RawClient, channel: string, user?: string): Told {
    const member = user && { channel_data: JSON.stringify({ user_id: user, user_info: { name: user } }) };
    const auth = sign(this.app, socketId, channel, member ? member.channel_data : undefined);
    return { event: 'pusher:subscribe', data: { channel, auth, ...(member || {}) } };
  }

  /** A client that listens to a channel. */
  async listener(channel: string, user?: string): Promise<RawClient> {
    const client = await this.connect();
    await client.ask(this.subscription(client, channel, user));
    return client;
  }

  async close(): Promise<void> {
    this.pusher.close();
    this.#server.closeAllConnections();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #sign(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fields = new URLSearchParams(await text(request));
    this.asked.push(request.headers['content-type'] ?? '');
    const user = request.headers.authorization?.replace('Bearer ', '');
    const [socketId = '', channel = ''] = [fields.get('socket_id') ?? '', fields.get('channel_name') ?? ''];
    if (user === undefined || channel.includes('forbidden')) return void response.writeHead(403).end('{}');
    const channel_data = channel.startsWith('presence-')
      ? JSON.stringify({ user_id: user, user_info: { name: user } })
      : undefined;
    const auth = sign(this.app, socketId, channel, channel_data);
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ auth, channel_data }));
  }
}
