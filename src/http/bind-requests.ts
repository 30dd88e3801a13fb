import { AsyncResource } from 'node:async_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { inRequest } from '../base/authorizing.ts';

/**
 * Binds everything that is done for a request to that request. Reading a body continues in the events of its
 * socket, which belong to no request, so the request is bound again afterwards.
 */
export function bindRequests(server: FastifyInstance): void {
  const bound = new WeakMap<FastifyRequest, AsyncResource>();
  server.addHook('onRequest', (request, _reply, done) => {
    inRequest(() => {
      bound.set(request, new AsyncResource('messenger request'));
      done();
    });
  });
  server.addHook('preValidation', (request, _reply, done) => {
    const resource = bound.get(request);
    if (resource) resource.runInAsyncScope(done);
    else done();
  });
}
