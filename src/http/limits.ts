import type { FastifyInstance } from 'fastify';
import { createError } from '../base/errors.ts';
import type { HttpLimits } from '../config/settings.ts';
import { closeAfter, isUnread } from './closing.ts';
import { asksForWebSocket } from './upgrades.ts';

/** Milliseconds in which a request must have come, however large its file is. */
const requestTimeout = 300_000;

/** What the server of Node and Fastify is opened with, so that nobody holds a connection for ever. */
export const serverLimits = ({ body, idle }: HttpLimits) => ({
  bodyLimit: body * 1024,
  requestTimeout,
  connectionTimeout: idle * 1_000,
  // Longer than proxies keep a connection on which nothing is asked: who ends it first loses no request.
  keepAliveTimeout: idle * 2_400,
  http: {
    // A client that has begun a request is answered, which one that keeps silent is not: so this comes first.
    headersTimeout: idle * 500,
    connectionsCheckingInterval: Math.min(idle * 250, 5_000),
    // Node 24.9 and later ask; the older ones hand on every upgrade (see `ignoreUpgrade`).
    shouldUpgradeCallback: asksForWebSocket,
  },
});

/**
 * Refuses requests with too many headers, and ends connections whose request was answered before it had come.
 *
 * @throws TOO_MANY_HEADERS to whoever sends such a request
 */
export function keepLimits(server: FastifyInstance, { headers: limit }: HttpLimits): void {
  // Node leaves out what is beyond its own limit, in silence.
  server.server.maxHeadersCount = 0;
  server.addHook('onRequest', async ({ raw: { rawHeaders } }) => {
    const found = rawHeaders.length / 2;
    if (found > limit) throw createError('TOO_MANY_HEADERS', found, limit);
  });
  server.addHook('onSend', async ({ raw }, reply) => {
    if (isUnread(raw)) closeAfter(raw, reply.raw);
    else if (reply.statusCode === 431) reply.header('connection', 'close');
  });
}
