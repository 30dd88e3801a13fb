import { z } from 'zod';
import {
  newParticipantsBody,
  participantPageSchema,
  participantRecordSchema,
  participantSchema,
  permissionsBody,
} from '../../api/participant.ts';
import { addableSchema } from '../../api/person.ts';
import type { ParticipantPermissions } from '../../domain/participant.ts';
import { addParticipants } from '../../services/participants/add-participants.ts';
import { addablePeople } from '../../services/participants/addable-people.ts';
import {
  demoteParticipant,
  promoteParticipant,
  removeParticipant,
  updatePermissions,
} from '../../services/participants/change-participant.ts';
import { listParticipants, viewParticipant } from '../../services/participants/list-participants.ts';
import { participantView } from '../../services/participants/participant-views.ts';
import { participantEdgeParams, participantParams } from '../conversation-params.ts';
import { type Endpoint, endpoint, type HttpApp } from '../endpoint.ts';
import { presentationOf } from '../presentation.ts';
import { presentAddable } from '../presenters/addable.ts';
import { presentPage } from '../presenters/page.ts';
import { presentParticipant, presentParticipantRecord } from '../presenters/participant.ts';
import { threadParams } from '../route-params.ts';
import { askedFor, type Switches, switchesOf } from '../switches.ts';

const list = '/threads/:thread/participants';
const one = `${list}/:participant`;

/** The people of a thread. */
export const participantEndpoints = (app: HttpApp): Endpoint[] => [...reading(app), ...changing(app)];

function reading(app: HttpApp): Endpoint[] {
  const presentation = presentationOf(app);
  const answerPage = (page: Awaited<ReturnType<typeof listParticipants>>, threadId: string) =>
    presentPage(page, `/api/messenger/threads/${threadId}/participants`, (view) =>
      presentParticipant(view, presentation),
    );
  return [
    endpoint({
      method: 'GET',
      path: list,
      summary: 'The participants of a thread, longest-standing first',
      place: threadParams,
      answer: participantPageSchema,
      handle: async ({ user, place: { thread } }) =>
        answerPage(await listParticipants(app, { thread, user }), thread.id),
    }),
    endpoint({
      method: 'GET',
      path: `${list}/page/:participant`,
      summary: 'The participants of a thread, after one of them',
      place: participantEdgeParams,
      answer: participantPageSchema,
      handle: async ({ user, place: { thread, participant } }) =>
        answerPage(await listParticipants(app, { thread, user, after: participant }), thread.id),
    }),
    endpoint({
      method: 'GET',
      path: one,
      summary: 'A participant',
      place: participantParams,
      answer: participantSchema,
      handle: async ({ user, place: { thread, participant } }) =>
        presentParticipant(await viewParticipant(app, { thread, user, participant }), presentation),
    }),
    endpoint({
      method: 'GET',
      path: '/threads/:thread/add-participants',
      summary: 'People who could be added to a group',
      place: threadParams,
      answer: z.array(addableSchema),
      handle: async ({ user, place: { thread } }) =>
        (await addablePeople(app, thread, user)).map((person) => presentAddable(person, presentation)),
    }),
  ];
}

function changing(app: HttpApp): Endpoint[] {
  const { settings } = app;
  const presentation = presentationOf(app);
  const switches = (): Switches<keyof z.output<typeof permissionsBody>, keyof ParticipantPermissions> => ({
    send_messages: ['sendMessages', true],
    add_participants: ['addParticipants', true],
    start_calls: ['startCalls', settings().callingEnabled],
    send_knocks: ['sendKnocks', settings().knocksEnabled],
    manage_invites: ['manageInvites', settings().invitesEnabled],
    manage_bots: ['manageBots', settings().botsEnabled],
  });
  const answer = async (participant: Parameters<typeof participantView>[1]) =>
    presentParticipant(await participantView(app.store, participant), presentation);
  return [
    endpoint({
      method: 'POST',
      path: list,
      summary: 'Add people to a group',
      place: threadParams,
      body: newParticipantsBody,
      answer: z.array(participantRecordSchema),
      handle: async ({ user, place: { thread }, body }) =>
        (await addParticipants(app, { thread, user, providers: body.providers })).map(
          presentParticipantRecord,
        ),
    }),
    endpoint({
      method: 'PUT',
      path: one,
      summary: 'Change the permissions of a participant',
      place: participantParams,
      body: () => z.object(askedFor(permissionsBody.shape, switches())),
      answer: participantSchema,
      handle: async ({ user, place: { thread, participant }, body }) =>
        answer(
          await updatePermissions(app, {
            thread,
            user,
            participant,
            permissions: switchesOf(switches(), body),
          }),
        ),
    }),
    endpoint({
      method: 'DELETE',
      path: one,
      summary: 'Remove a participant from a group',
      place: participantParams,
      status: 204,
      handle: ({ user, place: { thread, participant } }) =>
        removeParticipant(app, { thread, user, participant }),
    }),
    endpoint({
      method: 'POST',
      path: `${one}/promote`,
      summary: 'Promote a participant to admin of a group',
      place: participantParams,
      answer: participantSchema,
      handle: async ({ user, place: { thread, participant } }) =>
        answer(await promoteParticipant(app, { thread, user, participant })),
    }),
    endpoint({
      method: 'POST',
      path: `${one}/demote`,
      summary: 'Demote an admin of a group',
      place: participantParams,
      answer: participantSchema,
      handle: async ({ user, place: { thread, participant } }) =>
        answer(await demoteParticipant(app, { thread, user, participant })),
    }),
  ];
}
