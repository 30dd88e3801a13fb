import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** Whether a request asks for a WebSocket. Any other protocol is none of ours, and asking for it may be ignored. */
export const asksForWebSocket = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.trim().toLowerCase() === 'websocket';

/** Headers that say something of an upgrade and of nothing else. */
const upgrading = new Set(['upgrade', 'http2-settings']);

/**
 * Hands a connection back to the server with its request as if no upgrade had been asked for. Newer versions of Node
 * do so by themselves where a server says which upgrades it takes (`shouldUpgradeCallback`).
 */
export function ignoreUpgrade(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.unshift(Buffer.concat([Buffer.from(withoutUpgrade(request), 'latin1'), head]));
  server.emit('connection', socket);
}

/** The head of a request as it came, without what it says of an upgrade. */
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
