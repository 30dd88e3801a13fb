import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** Whether a request asks for a WebSocket. Upgrades to other protocols may be ignored. */
export const asksForWebSocket = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.trim().toLowerCase() === 'websocket';

/** Headers that only concern upgrades. */
const upgrading = new Set(['upgrade', 'http2-settings']);

/**
 * Returns a connection to the server with its request, as if no upgrade had been requested. Newer versions of
 * Node do so themselves if a server declares which upgrades it takes (`shouldUpgradeCallback`).
 */
export function ignoreUpgrade(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.unshift(Buffer.concat([Buffer.from(withoutUpgrade(request), 'latin1'), head]));
  server.emit('connection', socket);
}

/** The original head of a request, without the headers that ask for an upgrade. */
function withoutUpgrade({ method, url, httpVersion, rawHeaders }: IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
    const kept = name.toLowerCase() === 'connection' ? withoutTokens(value) : value;
    if (!upgrading.has(name.toLowerCase())) lines.push(`${name}: ${kept}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}

const withoutTokens = (value: string): string =>
  value
    .split(',')
    .map((token) => token.trim())
    .filter((token) => !upgrading.has(token.toLowerCase()))
    .join(', ');
