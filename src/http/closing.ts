import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** How long a client has to receive the last answer of a connection, in milliseconds. */
const closeTimeout = 1_000;

/** Connections that are being closed. */
const closing = new WeakSet<Duplex>();

/**
 * Closes a connection after pending data is sent. A client that keeps its end open is disconnected.
 *
 * @param last what to write before, unless the connection is closing already
 */
export function closeSoon(socket: Duplex, last?: string): void {
  if (closing.has(socket)) return;
  closing.add(socket);
  socket.on('error', () => {});
  if (socket.writable) socket.end(last);
  const timer = setTimeout(() => socket.destroy(), closeTimeout);
  socket.once('close', () => clearTimeout(timer));
}

/** Requests that are not read to their end. */
const unread = new WeakSet<IncomingMessage>();

/** Whether a request that is being answered has not arrived completely, or is not read to its end. */
export const isUnread = (request: IncomingMessage): boolean => !request.complete || unread.has(request);

/** A raw answer, for input that never became a request. */
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

/** Stops reading a body. What the client still sends waits on its side until the connection ends. */
export function stopReading(request: IncomingMessage): void {
  unread.add(request);
  request.unpipe();
  // Node reads a request to its end if nothing ever listened to it.
  request.on('data', () => {});
  request.pause();
}

/**
 * Closes a connection after an answer that is sent before the whole request has arrived. The rest is not
 * read. The client gets a moment to receive the answer, which an immediate disconnection could lose.
 */
export function closeAfter(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('connection', 'close');
  stopReading(request);
  const { socket } = request;
  // Node calls this to close a connection after its last answer.
  socket.destroySoon = () => closeSoon(socket);
}
