import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../../base/clock.ts';
import type { AppKey } from '../../domain/app-key.ts';
import { closeSoon, plainAnswer } from '../closing.ts';
import type { createClientEventWriter } from '../escape.ts';
import { RateLimiter } from '../rate-limits.ts';
import { asksForWebSocket, ignoreUpgrade } from '../upgrades.ts';
import { Connection } from './connection.ts';
import { type ClientLimits, Conversation } from './conversation.ts';
import { Hub } from './hub.ts';
import { outgoing, type ProtocolError, protocolErrors, protocolVersions } from './protocol.ts';

/** The limits for all clients together, and for each. */
export interface RealtimeLimits extends ClientLimits {
  /** Open sockets in total. */
  connections: number;
  /** Sockets per person. */
  socketsOfPerson: number;
  /** Sockets per address without a login. Beyond the limit, the oldest is closed. */
  anonymous: number;
  /** Maximum size of a client's message, in bytes. */
  messageSize: number;
  /** Seconds without a message after which a ping is sent. */
  activityTimeout: number;
  /** Seconds that a client has to answer a ping. */
  pongTimeout: number;
}

const defaultLimits: RealtimeLimits = {
  connections: 10_000,
  socketsOfPerson: 50,
  anonymous: 1_000,
  messageSize: 65_536,
  activityTimeout: 120,
  pongTimeout: 30,
  channels: 100,
  subscriptions: 1_000,
  clientEvents: 10,
  clientEventData: 10_240,
};

/** The options of the realtime server. */
export interface PusherServerOptions {
  /** The HTTP server whose upgrades are handled. */
  server: Server;
  app: AppKey;
  clock: Clock;
  /** Whether pages of this origin (and requests of this host) may connect. */
  isAllowed(request: IncomingMessage): boolean;
  /** Whether a socket may listen to a channel as this person now. */
  admits(connection: Connection, channel: string, userId: string): Promise<boolean>;
  /** Called with a connection that no longer speaks HTTP. */
  onSocket?(raw: Duplex): void;
  /** Called with internal errors. */
  onError(error: unknown): void;
  /** Serializes client events for other clients. Defaults to passing them on unchanged. */
  forward?: ReturnType<typeof createClientEventWriter>;
  limits?: Partial<RealtimeLimits>;
}

/** How long a client has to confirm that a socket closes, in milliseconds. */
const closeTimeout = 5_000;

/** How often silent clients are checked, in milliseconds. */
const checkInterval = 5_000;

/**
 * A server for the Pusher protocol, version 7, at `/app/{key}` of an HTTP server. `pusher-js` and
 * `laravel-echo` connect to it unchanged. It handles channels and people, but not the meaning of events.
 */
export class PusherServer {
  readonly hub: Hub;
  readonly #options: PusherServerOptions;
  readonly #limits: RealtimeLimits;
  readonly #sockets: WebSocketServer;
  readonly #clientEvents: RateLimiter;
  readonly #subscriptions: RateLimiter;
  readonly #closing = new AbortController();

  constructor(options: PusherServerOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.hub = new Hub(this.#limits.socketsOfPerson);
    this.#clientEvents = new RateLimiter(options.clock, 1_000);
    this.#subscriptions = new RateLimiter(options.clock);
    const settings = {
      noServer: true,
      perMessageDeflate: false,
      maxPayload: this.#limits.messageSize,
      closeTimeout,
    };
    this.#sockets = new WebSocketServer(settings);
    options.server.on('upgrade', this.#upgrade);
    void this.#checkAlways();
  }

  /** Disconnects all clients. They may reconnect later. */
  close(): void {
    this.#closing.abort();
    this.#options.server.off('upgrade', this.#upgrade);
    for (const connection of this.hub.connections()) connection.close(protocolErrors.closing);
  }

  readonly #upgrade = (request: IncomingMessage, raw: Duplex, head: Buffer): void => {
    const { server, isAllowed, onSocket } = this.#options;
    const url = addressOf(request);
    const [, key] = /^\/app\/([^/]+)$/.exec(url?.pathname ?? '') ?? [];
    if (!asksForWebSocket(request)) ignoreUpgrade(server, request, raw, head);
    else if (url === undefined || key === undefined) closeSoon(raw, plainAnswer(404, 'Not Found'));
    else if (!isAllowed(request)) closeSoon(raw, plainAnswer(403, 'Forbidden'));
    else {
      this.#sockets.handleUpgrade(request, raw, head, (socket) => {
        onSocket?.(raw);
        const connection = new Connection(socket, raw, request.socket.remoteAddress ?? '');
        this.#connect(connection, socket, this.#errorOf(key, url.searchParams));
      });
    }
  };

  #errorOf(key: string, query: URLSearchParams): ProtocolError | undefined {
    const version = query.get('protocol');
    if (key !== this.#options.app.key) return protocolErrors.unknownKey;
    if (version === null) return protocolErrors.noVersion;
    if (!protocolVersions.includes(version)) return protocolErrors.unknownVersion;
    return this.hub.size >= this.#limits.connections ? protocolErrors.full : undefined;
  }

  #connect(connection: Connection, socket: WebSocket, error: ProtocolError | undefined): void {
    // ws disconnects clients that violate the WebSocket protocol, and emits an error here first.
    socket.on('error', () => {});
    if (error === undefined) this.#converse(connection, socket);
    else connection.close(error);
  }

  #converse(connection: Connection, socket: WebSocket): void {
    const { clock, app, admits, onError, forward = JSON.stringify } = this.#options;
    const [hub, limits] = [this.hub, this.#limits];
    const [clientEvents, subscriptions] = [this.#clientEvents, this.#subscriptions];
    const context = { hub, app, admits, onError, forward, limits, clientEvents, subscriptions };
    const conversation = new Conversation(context, connection);
    hub.add(connection);
    const [oldest, ...others] = hub.anonymousOf(connection.address);
    if (others.length >= limits.anonymous) oldest?.close(protocolErrors.full);
    connection.touch(clock.steady());
    socket.on('close', () => hub.remove(connection));
    socket.on('message', (data: RawData) => {
      connection.touch(clock.steady());
      void conversation.receive(data.toString());
    });
    const greeting = { socket_id: connection.id, activity_timeout: this.#limits.activityTimeout };
    connection.send(outgoing('pusher:connection_established', greeting));
  }

  async #checkAlways(): Promise<void> {
    const { clock } = this.#options;
    const { activityTimeout, pongTimeout } = this.#limits;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await clock.sleep(checkInterval, signal).catch(() => {});
      const now = clock.steady();
      for (const connection of this.hub.connections()) {
        connection.check(now, activityTimeout * 1_000, pongTimeout * 1_000);
      }
    }
  }
}

/** The URL of an upgrade. Undefined if it is invalid. */
function addressOf({ url = '' }: IncomingMessage): URL | undefined {
  const base = 'ws://127.0.0.1';
  return URL.canParse(url, base) ? new URL(url, base) : undefined;
}
