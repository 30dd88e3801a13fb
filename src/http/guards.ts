import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpSettings } from '../config/settings.ts';

/** The names that every machine has for itself. */
const localNames = ['localhost', '127.0.0.1', '[::1]'];

/** How long a browser may cache the answer to a preflight request, in seconds. */
const preflightAge = 600;

/**
 * Rejects requests that a page of another site makes a browser send: those to a host name that is not ours
 * (DNS rebinding), and those from an origin that is neither ours nor configured. Only configured origins may
 * read the answers.
 */
export function guard(server: FastifyInstance, settings: HttpSettings): void {
  const { isKnownHost, isConfigured } = allowedBy(settings);
  server.addHook('onRequest', async (request, reply) => {
    const { host, origin } = request.headers;
    if (!isKnownHost(host)) return reject(reply, 'This server is not known by that name.');
    if (origin === undefined) return;
    if (!isConfigured(origin)) {
      return isSameOrigin(origin, host) ? undefined : reject(reply, 'This origin is not allowed.');
    }
    allowOrigin(reply, origin);
    if (isPreflight(request)) return allowAll(reply);
  });
}

/** Whether the headers of a request name an allowed host and origin. For sockets, which have no hooks. */
export function isAllowed(
  settings: HttpSettings,
  host: string | undefined,
  origin: string | undefined,
): boolean {
  const { isKnownHost, isConfigured } = allowedBy(settings);
  if (!isKnownHost(host)) return false;
  return origin === undefined || isConfigured(origin) || isSameOrigin(origin, host);
}

/** Checks for the host names and origins that the settings allow. */
function allowedBy(settings: HttpSettings) {
  const hosts = new Set([...localNames, hostName(settings.host), ...settings.hosts.map(hostName)]);
  const origins = new Set(settings.origins.map((origin) => new URL(origin).origin));
  return {
    isKnownHost: (host: string | undefined): boolean => host !== undefined && hosts.has(hostName(host)),
    isConfigured: (origin: string): boolean => origins.has(origin),
  };
}

/** A host name without its port. */
const hostName = (host: string): string => {
  const name = host.replace(/:\d*$/, '').toLowerCase();
  return host.includes('::') && !host.startsWith('[') ? `[${host.toLowerCase()}]` : name;
};

const isSameOrigin = (origin: string, host: string | undefined): boolean =>
  host !== undefined && [`http://${host}`, `https://${host}`].includes(origin.toLowerCase());

const reject = (reply: FastifyReply, message: string): FastifyReply => reply.code(403).send({ message });

function allowOrigin(reply: FastifyReply, origin: string): void {
  reply.header('access-control-allow-origin', origin);
  reply.header(
    'access-control-expose-headers',
    'Idempotent-Replayed, Messenger-Error, X-RateLimit-Limit, X-RateLimit-Remaining, Retry-After',
  );
  reply.header('vary', 'Origin');
}

/** What clients of the original send. Its web UI also sends headers of its host application. */
const allowedHeaders =
  'Accept, Authorization, Content-Type, Idempotency-Key, X-CSRF-Token, X-Requested-With, X-Socket-Id, X-XSRF-Token';

const isPreflight = ({ method, headers }: FastifyRequest): boolean =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;

const allowAll = (reply: FastifyReply): FastifyReply =>
  reply
    .code(204)
    .header('access-control-allow-methods', 'GET, POST, PUT, DELETE')
    .header('access-control-allow-headers', allowedHeaders)
    .header('access-control-max-age', preflightAge)
    .send();
