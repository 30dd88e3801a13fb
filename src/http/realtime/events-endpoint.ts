import { z } from 'zod';
import { createError } from '../../base/errors.ts';
import { requireParticipant } from '../../services/participants/require-participant.ts';
import { type Endpoint, endpoint, type HttpApp } from '../endpoint.ts';
import { tokenIdOf } from '../login.ts';
import { threadParams } from '../route-params.ts';
import type { EventLines } from './event-lines.ts';

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  // A connection that waited for another request would keep the server from closing.
  connection: 'close',
  'x-accel-buffering': 'no',
};

const notIn = 'Not authorized to view thread.';

/**
 * `GET /threads/:thread/events`: the thread's broadcasts as server-sent events.
 *
 * @throws TOO_MANY_SOCKETS for a stream beyond the limit
 */
export const eventsEndpoint = (app: HttpApp, eventLines: EventLines): Endpoint =>
  endpoint({
    method: 'GET',
    path: '/threads/:thread/events',
    summary: 'The events of a thread, as server-sent events',
    place: threadParams,
    answer: z.string(),
    async handle({ user, place: { thread }, request, reply }) {
      // A stream for a HEAD request would never be read or closed.
      if (request.method === 'HEAD') {
        await requireParticipant(app, { thread, user, errorMessage: notIn });
        reply.headers(headers);
        return '';
      }
      // Opened before the check, so that a removal in between ends the stream.
      const { sockets } = app.settings().http.limits;
      if (eventLines.countOf(user.id) >= sockets) throw createError('TOO_MANY_SOCKETS', sockets);
      const stream = eventLines.open({
        threadId: thread.id,
        userId: user.id,
        credential: tokenIdOf(request.raw),
        backlog: () => reply.raw.writableLength,
      });
      try {
        await requireParticipant(app, { thread, user, errorMessage: notIn });
      } catch (error) {
        stream.destroy();
        throw error;
      }
      reply.headers(headers);
      return stream;
    },
  });
