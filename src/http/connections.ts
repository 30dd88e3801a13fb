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

/** What is answered to what Node cannot read as a request, by its error. */
const answers: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: timedOut,
  HPE_HEADER_OVERFLOW: plainAnswer(431, 'Request Header Fields Too Large'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: plainAnswer(413, 'Payload Too Large'),
};

const badRequest = plainAnswer(400, 'Bad Request');

/**
 * Keeps the connections of a server in bounds: no address has too many on which nothing is asked, and none outlasts
 * a client that neither sends nor takes what it should.
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
    server.on('connection', this.#arrive);
    server.prependListener('request', this.#begin);
    server.on('timeout', this.#nothingMoves);
  }

  /** Forgets a connection that is no longer one of HTTP. */
  release(socket: Duplex): void {
    const { remoteAddress = '' } = socket as Socket;
    this.#byAddress.delete(remoteAddress, socket as Socket);
  }

  /** Answers what is no request, and ends its connection. */
  readonly refuse = ({ code = '' }: NodeJS.ErrnoException, socket: Duplex): void => {
    // In the middle of an answer another one cannot be read.
    const isAnswering = [...this.#exchangesOn(socket)].some(({ response }) => response.headersSent);
    if (isAnswering || code === 'ECONNRESET') socket.destroy();
    else closeSoon(socket, answers[code] ?? badRequest);
  };

  readonly #arrive = (socket: Socket): void => {
    const { remoteAddress = '' } = socket;
    // One whose upgrade was ignored comes twice.
    if (this.#known.has(socket)) return;
    this.#known.add(socket);
    this.#byAddress.add(remoteAddress, socket);
    socket.once('close', () => this.#byAddress.delete(remoteAddress, socket));
    const all = this.#byAddress.of(remoteAddress);
    if (all.size <= this.#limits.connections) return;
    const idle = [...all].filter((one) => !this.#exchanges.has(one));
    if (idle.length > this.#limits.connections) idle[0]?.destroy();
  };

  readonly #begin = (request: IncomingMessage, response: ServerResponse): void => {
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

  /** A file may take as long as any request; a body without one is small. */
  #receiveInTime({ request, response }: Exchange): NodeJS.Timeout {
    return setTimeout(() => {
      if (!request.complete) giveUp(request, response);
    }, this.#limits.receive * 1_000);
  }

  readonly #nothingMoves = (socket: Socket): void => {
    const exchanges = [...this.#exchangesOn(socket)];
    const stalled = exchanges.find(({ request }) => !request.complete && request.readableFlowing === true);
    if (stalled) giveUp(stalled.request, stalled.response);
    // What is still being worked at is waited for; what was answered has to be taken.
    else if (exchanges.length === 0 || socket.writableLength > 0) socket.destroy();
  };

  #exchangesOn(socket: Duplex): ReadonlySet<Exchange> {
    return this.#exchanges.get(socket) ?? new Set();
  }
}

function giveUp({ socket }: IncomingMessage, { headersSent }: ServerResponse): void {
  if (headersSent) socket.destroy();
  else closeSoon(socket, timedOut);
}

const isPlainBody = ({ headers }: IncomingMessage): boolean =>
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0) &&
  !headers['content-type']?.startsWith('multipart/');
