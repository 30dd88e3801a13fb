import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Groups } from '../base/groups.ts';
import type { HttpLimits } from '../config/settings.ts';
import { closeSoon, plainAnswer } from './closing.ts';

/** A request that is being received or answered. */
interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

const timedOut = plainAnswer(408, 'Request Timeout');

/** The answers to input that Node cannot parse as a request, by error code. */
const answers: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: timedOut,
  HPE_HEADER_OVERFLOW: plainAnswer(431, 'Request Header Fields Too Large'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: plainAnswer(413, 'Payload Too Large'),
};

const badRequest = plainAnswer(400, 'Bad Request');

/**
 * Limits the connections of a server. No address may have too many idle ones, and none stays open if its
 * client neither sends nor receives what it should.
 */
export class Connections {
  readonly #limits: HttpLimits;
  readonly #byAddress = new Groups<string, Socket>();
  readonly #known = new WeakSet<Duplex>();
  readonly #exchanges = new Map<Duplex, Set<Exchange>>();

  constructor(limits: HttpLimits) {
    this.#limits = limits;
  }

  watch(server: Server): void {
    server.on('connection', this.#onConnection);
    server.prependListener('request', this.#onRequest);
    server.on('timeout', this.#onTimeout);
  }

  /** Forgets a connection that no longer speaks HTTP. */
  release(socket: Duplex): void {
    const { remoteAddress = '' } = socket as Socket;
    this.#byAddress.delete(remoteAddress, socket as Socket);
  }

  /** Answers invalid input and closes its connection. */
  readonly rejectInput = ({ code = '' }: NodeJS.ErrnoException, socket: Duplex): void => {
    // A second answer in the middle of another could not be parsed.
    const isAnswering = [...this.#exchangesOn(socket)].some(({ response }) => response.headersSent);
    if (isAnswering || code === 'ECONNRESET') socket.destroy();
    else closeSoon(socket, answers[code] ?? badRequest);
  };

  readonly #onConnection = (socket: Socket): void => {
    const { remoteAddress = '' } = socket;
    // A connection whose upgrade was ignored arrives twice.
    if (this.#known.has(socket)) return;
    this.#known.add(socket);
    this.#byAddress.add(remoteAddress, socket);
    socket.once('close', () => this.#byAddress.delete(remoteAddress, socket));
    const all = this.#byAddress.of(remoteAddress);
    if (all.size <= this.#limits.connections) return;
    const idle = [...all].filter((one) => !this.#exchanges.has(one));
    if (idle.length > this.#limits.connections) idle[0]?.destroy();
  };

  readonly #onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const { socket } = request;
    const exchange = { request, response };
    const open = this.#exchanges.get(socket) ?? new Set();
    this.#exchanges.set(socket, open.add(exchange));
    const timer = isPlainBody(request) ? this.#receiveInTime(exchange) : undefined;
    response.once('close', () => {
      clearTimeout(timer);
      open.delete(exchange);
      if (open.size === 0) this.#exchanges.delete(socket);
    });
  };

  /** A file may take as long as any request. A request without one is small. */
  #receiveInTime({ request, response }: Exchange): NodeJS.Timeout {
    return setTimeout(() => {
      if (!request.complete) abandon(request, response);
    }, this.#limits.receive * 1_000);
  }

  readonly #onTimeout = (socket: Socket): void => {
    const exchanges = [...this.#exchangesOn(socket)];
    const stalled = exchanges.find(({ request }) => !request.complete && request.readableFlowing === true);
    if (stalled) abandon(stalled.request, stalled.response);
    // Work in progress may take its time, but a finished answer must be received.
    else if (exchanges.length === 0 || socket.writableLength > 0) socket.destroy();
  };

  #exchangesOn(socket: Duplex): ReadonlySet<Exchange> {
    return this.#exchanges.get(socket) ?? new Set();
  }
}

function abandon({ socket }: IncomingMessage, { headersSent }: ServerResponse): void {
  if (headersSent) socket.destroy();
  else closeSoon(socket, timedOut);
}

const isPlainBody = ({ headers }: IncomingMessage): boolean =>
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0) &&
  !headers['content-type']?.startsWith('multipart/');
