import type { FastifyInstance } from 'fastify';
import { createError } from '../base/errors.ts';
import type { HttpLimits } from '../config/settings.ts';
import { closeAfter, isUnread } from './closing.ts';
import { asksForWebSocket } from './upgrades.ts';

/** How long a request may take to arrive, in milliseconds, whatever the size of its file. */
const requestTimeout = 300_000;

/** Options for the server of Node and Fastify, so that no client can hold a connection forever. */
export const serverLimits = ({ body, idle }: HttpLimits) => ({
  bodyLimit: body * 1024,
  requestTimeout,
  connectionTimeout: idle * 1_000,
  // Longer than proxies keep idle connections. The side that closes first loses no request.
  keepAliveTimeout: idle * 2_400,
  http: {
    // Shorter than the idle limit: a client that has started a request gets an answer, a silent one does not.
    headersTimeout: idle * 500,
    connectionsCheckingInterval: Math.min(idle * 250, 5_000),
    // Node 24.9 and later call this. Older versions pass on every upgrade (see `ignoreUpgrade`).
    shouldUpgradeCallback: asksForWebSocket,
  },
});

/**
 * Rejects requests with too many headers, and closes connections that were answered before the request ended.
 *
 * @throws TOO_MANY_HEADERS for such a request
 */
export function keepLimits(server: FastifyInstance, { headers: limit }: HttpLimits): void {
  // Node silently drops headers beyond its own limit.
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
