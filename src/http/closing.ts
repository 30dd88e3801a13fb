import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** How long a client has to take the last answer of a connection, in milliseconds. */
const patience = 1_000;

/** Connections that end. */
const closing = new WeakSet<Duplex>();

/**
 * Ends a connection: what was written still goes out, and a client that keeps its end open is cut.
 *
 * @param last what is written before, unless the connection ends already
 */
export function closeSoon(socket: Duplex, last?: string): void {
  if (closing.has(socket)) return;
  closing.add(socket);
  socket.on('error', () => {});
  if (socket.writable) socket.end(last);
  const timer = setTimeout(() => socket.destroy(), patience);
  socket.once('close', () => clearTimeout(timer));
}

/** Requests whose rest is not read. */
const unread = new WeakSet<IncomingMessage>();

/** Whether a request that is being answered has not come whole, or is not read to its end. */
export const isUnread = (request: IncomingMessage): boolean => !request.complete || unread.has(request);

/** An answer to what never became a request: nobody else writes it. */
export function plainAnswer(status: number, reason: string): string {
  const body = JSON.stringify({ message: reason });
  return [
    `HTTP/1.1 ${status} ${reason}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

/** Stops reading a body: what the client still sends waits on its side until the connection ends. */
export function stopReading(request: IncomingMessage): void {
  unread.add(request);
  request.unpipe();
  // A request that nobody ever listened to is read to its end by Node.
  request.on('data', () => {});
  request.pause();
}

/**
 * Lets a connection end with an answer that is given before the whole request has come. The rest is not read, and
 * the client has a moment to take the answer: a connection that is cut at once may lose it.
 */
export function closeAfter(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('connection', 'close');
  stopReading(request);
  const { socket } = request;
  // This is how Node ends a connection behind its last answer.
  socket.destroySoon = () => closeSoon(socket);
}
