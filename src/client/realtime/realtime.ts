import { WebSocket } from 'ws';
import type { ChannelAuthBody, ChannelAuthJson } from '../../api/realtime.ts';
import { ApiError } from '../api-error.ts';
import { connectTransport } from '../transport.ts';
import { type PusherEvent, readEstablished, readEvent, writeEvent } from './protocol.ts';

/** Where events come from, and who receives them. */
export interface RealtimeOptions {
  /** The HTTP API, which authorizes subscriptions. */
  url: string;
  token: string;
  /** `ws://127.0.0.1:PORT` and the application key. */
  realtime: { url: string; key: string };
  onEvent: (event: PusherEvent) => void;
  /** Called on every change. `online` is repeated after a reconnection: events may have been missed. */
  onStatus: (status: RealtimeStatus) => void;
  /** Milliseconds before the first reconnection. Later delays are up to 32 times as long. */
  backoff?: number;
}

export type RealtimeStatus = 'connecting' | 'online' | 'offline' | 'closed';

/** The part of the allowed silence after which a ping is sent. */
const pingAfter = 0.8;

/** How long the pong may take, in milliseconds. */
const pongWithin = 5_000;

/**
 * The events of the API as they happen, over the Pusher protocol. A lost connection is opened again, with
 * longer delays after each failure, and subscribes to all channels again.
 */
export class Realtime {
  readonly #options: RealtimeOptions;
  readonly #channels = new Set<string>();
  #socket: WebSocket | undefined;
  #socketId: string | undefined;
  #failures = 0;
  #retry: NodeJS.Timeout | undefined;
  #silence: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: RealtimeOptions) {
    this.#options = options;
    this.#connect();
  }

  /** Listens to a channel, across reconnections too. */
  subscribe(channel: string): void {
    if (this.#channels.has(channel)) return;
    this.#channels.add(channel);
    if (this.#socketId !== undefined) void this.#join(channel, this.#socketId);
  }

  /** Stops listening to a channel. */
  unsubscribe(channel: string): void {
    if (!this.#channels.delete(channel)) return;
    this.#send(writeEvent('pusher:unsubscribe', { channel }));
  }

  /** Sends an event such as `client-typing` to the other members of a presence channel. */
  whisper(channel: string, event: string, data: object): void {
    if (this.#channels.has(channel)) this.#send(writeEvent(event, data, channel));
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#silence);
    this.#socket?.close();
    this.#options.onStatus('closed');
  }

  #connect(): void {
    const { url, key } = this.#options.realtime;
    this.#options.onStatus('connecting');
    const socket = new WebSocket(`${url}/app/${key}?protocol=7&client=messenger&version=1`);
    this.#socket = socket;
    socket.on('message', (data) => this.#read(socket, String(data)));
    // Every error is followed by a close event, which starts the reconnection.
    socket.on('error', () => {});
    socket.on('close', () => this.#lost(socket));
  }

  #read(socket: WebSocket, text: string): void {
    const event = readEvent(text);
    if (event === undefined || socket !== this.#socket || this.#closed) return;
    socket.emit('heard');
    if (event.event === 'pusher:connection_established') this.#established(socket, event.data);
    else if (event.event === 'pusher:ping') this.#send(writeEvent('pusher:pong', {}));
    else if (!event.event.startsWith('pusher:')) this.#options.onEvent(event);
  }

  #established(socket: WebSocket, data: unknown): void {
    const { socketId, timeout } = readEstablished(data);
    this.#socketId = socketId;
    this.#failures = 0;
    const rest = timeout * 1_000 * pingAfter;
    socket.on('heard', () => this.#watch(socket, rest));
    this.#watch(socket, rest);
    void this.#joinAll(socket, socketId);
  }

  /** Reports `online` only after all channels are joined: from then on, no event is missed. */
  async #joinAll(socket: WebSocket, socketId: string): Promise<void> {
    await Promise.all([...this.#channels].map((channel) => this.#join(channel, socketId)));
    if (socket === this.#socket && socket.readyState === WebSocket.OPEN) this.#options.onStatus('online');
  }

  /** Sends a ping after a silence. Without an answer, the connection counts as lost. */
  #watch(socket: WebSocket, rest: number): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this.#send(writeEvent('pusher:ping', {}));
      this.#silence = setTimeout(() => socket.terminate(), pongWithin);
    }, rest);
  }

  async #join(channel: string, socketId: string): Promise<void> {
    const call = connectTransport(this.#options);
    const form: ChannelAuthBody = { socket_id: socketId, channel_name: channel };
    try {
      const auth = await call<ChannelAuthJson>('POST', '/api/broadcasting/auth', form);
      if (this.#socketId === socketId && this.#channels.has(channel))
        this.#send(writeEvent('pusher:subscribe', { channel, ...auth }));
    } catch (error) {
      // Without permission, the channel stays silent. Without an answer, the client reconnects.
      if (!(error instanceof ApiError)) throw error;
    }
  }

  #lost(socket: WebSocket): void {
    if (socket !== this.#socket || this.#closed) return;
    clearTimeout(this.#silence);
    this.#socketId = undefined;
    this.#options.onStatus('offline');
    const wait = (this.#options.backoff ?? 250) * 2 ** Math.min(this.#failures++, 5);
    this.#retry = setTimeout(() => this.#connect(), wait);
  }

  #send(text: string): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(text);
  }
}
