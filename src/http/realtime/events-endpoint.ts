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
  // A connection that waited for another request would keep a server that ends from ending.
  connection: 'close',
  'x-accel-buffering': 'no',
};

const notIn = 'Not authorized to view thread.';

/**
 * `GET /threads/:thread/events`: the thread's broadcasts as server-sent events.
 *
 * @throws TOO_MANY_SOCKETS to whoever opens one more
 */
export const eventsEndpoint = (app: HttpApp, feed: EventLines): Endpoint =>
  endpoint({
    method: 'GET',
    path: '/threads/:thread/events',
    summary: 'What happens in a thread, as server-sent events',
    place: threadParams,
    answer: z.string(),
    async handle({ user, place: { thread }, request, reply }) {
      // Nobody would ever read what is told to HEAD, or end it.
      if (request.method === 'HEAD') {
        await requireParticipant(app, { thread, user, sentence: notIn });
        reply.headers(headers);
        return '';
      }
      // Opened before it is looked: a removal in between ends it.
      const { sockets } = app.settings.http.limits;
      if (feed.countOf(user.id) >= sockets) throw createError('TOO_MANY_SOCKETS', sockets);
      const stream = feed.open({
        threadId: thread.id,
        userId: user.id,
        credential: tokenIdOf(request.raw),
        backlog: () => reply.raw.writableLength,
      });
      try {
        await requireParticipant(app, { thread, user, sentence: notIn });
      } catch (error) {
        stream.destroy();
        throw error;
      }
      reply.headers(headers);
      return stream;
    },
  });
