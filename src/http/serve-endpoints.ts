import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createError } from '../base/errors.ts';
import type { User } from '../domain/user.ts';
import type { Admission } from './admission.ts';
import type { Endpoint, HttpApp } from './endpoint.ts';
import { KeyedRequests } from './idempotency.ts';
import { endpoints } from './routes/index.ts';
import { Turns } from './turns.ts';

const prefix = '/api/messenger';

/**
 * Serves every endpoint: who sends a request, and whether too many come, is settled before its body is read.
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
  const uploads = new Turns(app.settings.http.limits.uploads);
  for (const endpoint of [...endpoints(app), ...more]) {
    const { method, path, schema } = endpoint;
    server.route({
      method: isUpdate(endpoint) ? ['PUT', 'PATCH'] : method,
      url: `${prefix}${path}`,
      schema: { ...schema, security: [{ token: [] }] },
      // The checks of an endpoint have an order of their own.
      validatorCompiler: () => () => true,
      // Compiles nothing: the serializer of the server stands over it.
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
        const { status, body } = await (endpoint.takesFile ? uploads.take(user.id, answer) : answer());
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
  throw createError('UNAUTHENTICATED');
}
