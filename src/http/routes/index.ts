import { type Endpoint, type HttpApp, tagged } from '../endpoint.ts';
import { botActionEndpoints } from './bot-actions.ts';
import { botAvatarEndpoints } from './bot-avatars.ts';
import { botEndpoints } from './bots.ts';
import { fileEndpoints } from './files.ts';
import { inspectionEndpoints } from './inspection.ts';
import { inviteEndpoints } from './invites.ts';
import { membershipEndpoints } from './membership.ts';
import { messageListEndpoints } from './message-lists.ts';
import { messagePlaceEndpoints } from './message-places.ts';
import { messageEndpoints } from './messages.ts';
import { messengerEndpoints } from './messenger.ts';
import { packageEndpoints } from './packages.ts';
import { participantEndpoints } from './participants.ts';
import { reactionEndpoints } from './reactions.ts';
import { threadSettingsEndpoints } from './thread-settings.ts';
import { threadEndpoints } from './threads.ts';

/** All endpoints below `/api/messenger`, by resource, in the order of the documentation. */
export const endpoints = (app: HttpApp): Endpoint[] => [
  ...tagged('messenger', messengerEndpoints(app)),
  ...tagged('bots', [...botEndpoints(app), ...botAvatarEndpoints(app)]),
  ...tagged('actions', botActionEndpoints(app)),
  ...tagged('packages', packageEndpoints(app)),
  ...tagged('threads', [...threadEndpoints(app), ...membershipEndpoints(app)]),
  ...tagged('settings', threadSettingsEndpoints(app)),
  ...tagged('participants', participantEndpoints(app)),
  ...tagged('messages', [
    ...messageEndpoints(app),
    ...messageListEndpoints(app),
    ...messagePlaceEndpoints(app),
  ]),
  ...tagged('files', fileEndpoints(app)),
  ...tagged('reactions', reactionEndpoints(app)),
  ...tagged('invites', inviteEndpoints(app)),
  ...tagged('inspection', inspectionEndpoints(app)),
];
