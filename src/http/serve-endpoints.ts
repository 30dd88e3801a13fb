import type { FastifyInstance, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { failure } from '../base/errors.ts';
import type { User } from '../domain/user.ts';
import { type Endpoint, type HttpApp, pathIds } from './endpoint.ts';
import { KeyedRequests } from './idempotency.ts';
import type { Login } from './login.ts';
import { limit, RateLimiter, type Verdict } from './rate-limits.ts';
import { endpoints } from './routes/index.ts';

const prefix = '/api/messenger';

/**
 * Serves every endpoint: who sends a request, and whether too many come, is settled before its body is read.
 *
 * @param more endpoints besides those of routes/index.ts
 */
export function serveEndpoints(
  server: FastifyInstance,
  app: HttpApp,
  login: Login,
  more: readonly Endpoint[],
): void {
  const senders = new WeakMap<FastifyRequest, User>();
  const limiter = new RateLimiter(app.clock);
  const keyed = new KeyedRequests(app);
  for (const endpoint of [...endpoints(app), ...more]) {
    const { method, path, schema } = endpoint;
    const onRequest: onRequestAsyncHookHandler = async (request, reply) => {
      const user = await login(request.raw);
      limit(reply, verdicts(app, limiter, endpoint, request, user));
      senders.set(request, known(user));
    };
    server.route({
      method: isUpdate(endpoint) ? ['PUT', 'PATCH'] : method,
      url: `${prefix}${path}`,
      schema: { ...schema, security: [{ token: [] }] },
      // The checks of an endpoint have an order of their own.
      validatorCompiler: () => () => true,
      serializerCompiler: () => (answer) => JSON.stringify(answer),
      onRequest,
      async handler(request, reply) {
        const user = known(senders.get(request));
        const opened = endpoint.open(app, user, request, reply);
        const { status, body } = await keyed.answer(endpoint, user, request, reply, opened);
        return status === 204 ? reply.code(status).send() : reply.code(status).send(body);
      },
    });
  }
}

/** A record is changed by both verbs, as in the original. */
const isUpdate = ({ method, path }: Endpoint): boolean => method === 'PUT' && /:\w+$/.test(path);

/** @throws UNAUTHENTICATED */
function known(user: User | undefined): User {
  if (user) return user;
  throw failure('UNAUTHENTICATED');
}

function verdicts(
  { settings }: HttpApp,
  limiter: RateLimiter,
  { limit: kind }: Endpoint,
  request: FastifyRequest,
  user: User | undefined,
): Verdict[] {
  const { rateLimits } = settings.http;
  const sender = user?.id ?? `guest ${request.ip}`;
  const all = limiter.count(sender, rateLimits.api);
  const { thread = '' } = pathIds(request);
  const own = kind && user ? limiter.count(`${kind} ${sender} ${thread}`, rateLimits[kind]) : null;
  return [all, own].filter((verdict) => verdict !== null);
}
