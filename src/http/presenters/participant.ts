import { z } from 'zod';
import type { Participant } from '../../domain/participant.ts';
import type { ParticipantView } from '../../services/participants/participant-views.ts';
import type { Presentation } from './look.ts';
import { personSchema, presentOwner, presentPerson } from './person.ts';

const permissionFields = z.object({
  admin: z.boolean(),
  pending: z.boolean(),
  send_knocks: z.boolean(),
  send_messages: z.boolean(),
  add_participants: z.boolean(),
  manage_invites: z.boolean(),
  manage_bots: z.boolean(),
  start_calls: z.boolean(),
});

const recordFields = permissionFields.extend({
  id: z.string(),
  thread_id: z.string(),
  owner_id: z.string(),
  owner_type: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
});

/** A participant with their name and what they have read. */
export const participantSchema = recordFields
  .extend({
    owner: personSchema,
    last_read: z.object({ time: z.string().nullable(), message_id: z.string().nullable() }),
  })
  .meta({ id: 'Participant' });

/** A participant as a bare record. */
export const participantRecordSchema = recordFields
  .extend({ muted: z.boolean(), last_read: z.string().nullable(), deleted_at: z.null() })
  .meta({ id: 'ParticipantRecord' });

/** What a participant may do; an admin may do everything. */
const presentPermissions = ({ admin, permissions }: Participant): z.output<typeof permissionFields> => ({
  admin,
  pending: false,
  send_knocks: admin || permissions.sendKnocks,
  send_messages: admin || permissions.sendMessages,
  add_participants: admin || permissions.addParticipants,
  manage_invites: admin || permissions.manageInvites,
  manage_bots: admin || permissions.manageBots,
  start_calls: admin || permissions.startCalls,
});

const presentRecord = (participant: Participant): z.output<typeof recordFields> => ({
  id: participant.id,
  thread_id: participant.threadId,
  ...presentPermissions(participant),
  ...presentOwner({ type: 'user', id: participant.userId }),
  created_at: participant.createdAt,
  updated_at: participant.updatedAt,
});

/** A participant with their name and what they have read. */
export const presentParticipant = (
  { participant, owner, lastReadId }: ParticipantView,
  look: Presentation,
): z.output<typeof participantSchema> => ({
  ...presentRecord(participant),
  owner: presentPerson(owner, look),
  last_read: { time: participant.lastReadAt, message_id: lastReadId },
});

/** A participant as a bare record, as those are answered who came in just now. */
export const presentParticipantRecord = (
  participant: Participant,
): z.output<typeof participantRecordSchema> => ({
  ...presentRecord(participant),
  muted: participant.muted,
  last_read: participant.lastReadAt,
  deleted_at: null,
});
