import { z } from 'zod';
import { heartbeat } from '../../services/users/heartbeat.ts';
import { type Endpoint, endpoint, type HttpApp, nowhere } from '../endpoint.ts';
import { configurationSchema, presentConfiguration } from '../presenters/configuration.ts';
import { heartbeatSchema, presentHeartbeat } from '../presenters/heartbeat.ts';

/** The configuration, and the sign of life of a client. */
export function messengerEndpoints(app: HttpApp): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '',
      summary: 'The configuration',
      place: nowhere,
      answer: configurationSchema,
      handle: () => presentConfiguration(app.settings),
    }),
    endpoint({
      method: 'POST',
      path: '/heartbeat',
      summary: 'Say that one is there',
      place: nowhere,
      body: z.object({ away: z.boolean() }),
      storesNothing: true,
      answer: heartbeatSchema,
      handle: async ({ user, body }) => presentHeartbeat(user, await heartbeat(app, user, body.away)),
    }),
  ];
}
