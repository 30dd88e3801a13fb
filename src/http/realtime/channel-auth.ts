import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type ChannelAuthJson, channelAuthBody, channelAuthSchema } from '../../api/realtime.ts';
import { createError } from '../../base/errors.ts';
import type { AppKey } from '../../domain/app-key.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../../services/context.ts';
import type { Admission } from '../admission.ts';
import { checkedBody } from '../body.ts';
import type { WriteJson } from '../escape.ts';
import { tokenIdOf } from '../login.ts';
import { readInput } from '../upload.ts';
import { sign } from './app-key.ts';
import { readChannel } from './audience.ts';
import type { BroadcastPresenter } from './broadcast-presenter.ts';
import type { Hub } from './hub.ts';

/** What the endpoint needs. */
export interface ChannelAuth {
  context: Pick<Context, 'store' | 'settings'>;
  app: AppKey;
  presenter: BroadcastPresenter;
  hub: Hub;
  admission: Admission;
  write: WriteJson;
}

/**
 * Serves the endpoint that signs subscriptions: `POST /api/broadcasting/auth` with `socket_id` and
 * `channel_name`, as JSON or as the form that pusher-js sends.
 *
 * @throws TOO_MANY_SOCKETS for a socket beyond the limit
 */
export function serveChannelAuth(server: FastifyInstance, auth: ChannelAuth): void {
  const senders = new WeakMap<FastifyRequest, User>();
  server.route({
    method: 'POST',
    url: '/api/broadcasting/auth',
    schema: {
      summary: 'Sign a subscription to a channel',
      tags: ['realtime'],
      body: channelAuthBody,
      response: { 200: channelAuthSchema },
      security: [{ token: [] }],
    },
    validatorCompiler: () => () => true,
    serializerCompiler: () => (answer) => JSON.stringify(answer),
    // Guests are rejected before the body is read.
    onRequest: async (request, reply) => {
      senders.set(request, await auth.admission.admit(request, reply));
    },
    handler: async (request, reply) => {
      const user = senders.get(request) ?? rejectGuest();
      const { limits } = auth.context.settings().http;
      const { socket_id, channel_name } = checkedBody(channelAuthBody, await readInput(request, limits.body));
      const answer = await signature(auth, user, socket_id, channel_name);
      const grant = { channel: channel_name, userId: user.id, credential: tokenIdOf(request.raw) };
      if (!auth.hub.grant(socket_id, grant)) throw createError('TOO_MANY_SOCKETS', limits.sockets);
      // The text in it is signed byte for byte, and is already escaped.
      reply.serializer((signed: unknown) => JSON.stringify(signed));
      return answer;
    },
  });
}

/** @throws UNAUTHENTICATED */
function rejectGuest(): never {
  throw createError('UNAUTHENTICATED');
}

/** @throws NOT_PERMITTED */
async function signature(
  auth: ChannelAuth,
  user: User,
  socketId: string,
  channel: string,
): Promise<ChannelAuthJson> {
  if (!(await mayListen(auth.context, user.id, channel))) {
    throw createError('NOT_PERMITTED', 'Not authorized to listen to that channel.');
  }
  const place = readChannel(channel);
  if (place === undefined || 'userId' in place) return { auth: sign(auth.app, socketId, channel) };
  const channel_data = auth.write({ user_id: user.id, user_info: auth.presenter.member(user) });
  return { auth: sign(auth.app, socketId, channel, channel_data), channel_data };
}

/** Whether a person may listen to a channel now: their own, or that of a thread they are in. */
export async function mayListen(
  { store }: Pick<Context, 'store'>,
  userId: string,
  channel: string,
): Promise<boolean> {
  const place = readChannel(channel);
  if (place === undefined) return false;
  if ('userId' in place) return place.userId === userId;
  const thread = await store.threads.find(place.threadId);
  if (thread === undefined || thread.archivedAt !== null) return false;
  return (await store.participants.find(thread.id, userId)) !== undefined;
}
