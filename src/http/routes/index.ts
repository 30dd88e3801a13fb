import type { Endpoint, HttpApp } from '../endpoint.ts';
import { botActionEndpoints } from './bot-actions.ts';
import { botAvatarEndpoints } from './bot-avatars.ts';
import { botEndpoints } from './bots.ts';
import { fileEndpoints } from './files.ts';
import { inspectionEndpoints } from './inspection.ts';
import { inviteEndpoints } from './invites.ts';
import { membershipEndpoints } from './membership.ts';
import { messageListEndpoints } from './message-lists.ts';
import { messageEndpoints } from './messages.ts';
import { messengerEndpoints } from './messenger.ts';
import { packageEndpoints } from './packages.ts';
import { participantEndpoints } from './participants.ts';
import { reactionEndpoints } from './reactions.ts';
import { threadSettingsEndpoints } from './thread-settings.ts';
import { threadEndpoints } from './threads.ts';

/** Every endpoint below `/api/messenger`, resource by resource. */
export const endpoints = (app: HttpApp): Endpoint[] => [
  ...messengerEndpoints(app),
  ...botEndpoints(app),
  ...threadEndpoints(app),
  ...threadSettingsEndpoints(app),
  ...membershipEndpoints(app),
  ...participantEndpoints(app),
  ...messageEndpoints(app),
  ...messageListEndpoints(app),
  ...fileEndpoints(app),
  ...reactionEndpoints(app),
  ...inviteEndpoints(app),
  ...botAvatarEndpoints(app),
  ...botActionEndpoints(app),
  ...packageEndpoints(app),
  ...inspectionEndpoints(app),
];
