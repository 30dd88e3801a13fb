import { configurationSchema } from '../../api/configuration.ts';
import { heartbeatBody, heartbeatSchema } from '../../api/heartbeat.ts';
import { heartbeat } from '../../services/users/heartbeat.ts';
import { type Endpoint, endpoint, type HttpApp, nowhere } from '../endpoint.ts';
import { presentConfiguration } from '../presenters/configuration.ts';
import { presentHeartbeat } from '../presenters/heartbeat.ts';

/** The configuration, and the heartbeat of clients. */
export function messengerEndpoints(app: HttpApp): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '',
      summary: 'The configuration',
      place: nowhere,
      answer: configurationSchema,
      handle: () => presentConfiguration(app.settings()),
    }),
    endpoint({
      method: 'POST',
      path: '/heartbeat',
      summary: 'Report that one is online',
      place: nowhere,
      body: heartbeatBody,
      storesNothing: true,
      answer: heartbeatSchema,
      handle: async ({ user, body }) => presentHeartbeat(user, await heartbeat(app, user, body.away)),
    }),
  ];
}
