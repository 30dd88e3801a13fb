import { inviteSchema } from '../../api/invite.ts';
import { participantRecordSchema } from '../../api/participant.ts';
import { joinByInvite } from '../../services/threads/join-by-invite.ts';
import { inviteParams } from '../conversation-params.ts';
import { type Endpoint, endpoint, type HttpApp } from '../endpoint.ts';
import { presentInvite } from '../presenters/invite.ts';
import { presentParticipantRecord } from '../presenters/participant.ts';

/** Joining groups with invites. */
export function inviteEndpoints(app: HttpApp): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/join/:code',
      summary: 'The group of an invite',
      place: inviteParams,
      answer: inviteSchema,
      async handle({ user, place }) {
        const me = place.thread && (await app.store.participants.find(place.thread.id, user.id));
        return presentInvite(place, me !== null && me !== undefined);
      },
    }),
    endpoint({
      method: 'POST',
      path: '/join/:code',
      summary: 'Join a group by an invite',
      place: inviteParams,
      status: 201,
      answer: participantRecordSchema,
      handle: async ({ user, place }) => presentParticipantRecord(await joinByInvite(app, user, place)),
    }),
  ];
}
