import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createError } from '../base/errors.ts';
import type { User } from '../domain/user.ts';
import type { Admission } from './admission.ts';
import type { Endpoint, HttpApp } from './endpoint.ts';
import { KeyedRequests } from './idempotency.ts';
import { KeyedLimiter } from './keyed-limiter.ts';
import { endpoints } from './routes/index.ts';

const prefix = '/api/messenger';

/**
 * Serves all endpoints. The sender and the rate limits are checked before the body is read.
 *
 * @param more endpoints besides those of routes/index.ts
 */
export function serveEndpoints(
  server: FastifyInstance,
  app: HttpApp,
  admission: Admission,
  more: readonly Endpoint[],
): void {
  const senders = new WeakMap<FastifyRequest, User>();
  const keyed = new KeyedRequests(app);
  const uploads = new KeyedLimiter(app.settings().http.limits.uploads);
  for (const endpoint of [...endpoints(app), ...more]) {
    const { method, path, schema } = endpoint;
    server.route({
      method: isUpdate(endpoint) ? ['PUT', 'PATCH'] : method,
      url: `${prefix}${path}`,
      schema: { ...schema, security: [{ token: [] }] },
      // Endpoints run their checks in their own order.
      validatorCompiler: () => () => true,
      // Compiles nothing, since the server's reply serializer takes precedence.
      serializerCompiler: () => (answer) => JSON.stringify(answer),
      onRequest: async (request, reply) => {
        senders.set(request, await admission.admit(request, reply, endpoint.limit));
      },
      async handler(request, reply) {
        const user = known(senders.get(request));
        const answer = async () => {
          const opened = endpoint.open(app, user, request, reply);
          return keyed.answer(endpoint, user, request, reply, opened);
        };
        const { status, body } = await (endpoint.takesFile ? uploads.run(user.id, answer) : answer());
        return status === 204 ? reply.code(status).send() : reply.code(status).send(body);
      },
    });
  }
}

/** As in the original, both methods change a record. */
const isUpdate = ({ method, path }: Endpoint): boolean => method === 'PUT' && /:\w+$/.test(path);

/** @throws UNAUTHENTICATED */
function known(user: User | undefined): User {
  if (user) return user;
  throw createError('UNAUTHENTICATED');
}
