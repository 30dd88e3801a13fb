import type { Endpoint, HttpApp } from '../endpoint.ts';
import { botActionEndpoints } from './bot-actions.ts';
import { botAvatarEndpoints } from './bot-avatars.ts';
import { botEndpoints } from './bots.ts';
import { messengerEndpoints } from './messenger.ts';
import { packageEndpoints } from './packages.ts';

/** Every endpoint below `/api/messenger`, resource by resource. */
export const endpoints = (app: HttpApp): Endpoint[] => [
  ...messengerEndpoints(app),
  ...botEndpoints(app),
  ...botAvatarEndpoints(app),
  ...botActionEndpoints(app),
  ...packageEndpoints(app),
];
