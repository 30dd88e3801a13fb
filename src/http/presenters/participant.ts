import type {
  ParticipantFieldsJson,
  ParticipantJson,
  ParticipantRecordJson,
  PermissionsJson,
} from '../../api/participant.ts';
import type { Participant } from '../../domain/participant.ts';
import type { ParticipantView } from '../../services/participants/participant-views.ts';
import { presentOwner, presentPerson } from './person.ts';
import type { Presentation } from './presentation.ts';

/** What a participant may do. An admin may do everything. */
const presentPermissions = ({ admin, permissions }: Participant): PermissionsJson => ({
  admin,
  pending: false,
  send_knocks: admin || permissions.sendKnocks,
  send_messages: admin || permissions.sendMessages,
  add_participants: admin || permissions.addParticipants,
  manage_invites: admin || permissions.manageInvites,
  manage_bots: admin || permissions.manageBots,
  start_calls: admin || permissions.startCalls,
});

const presentRecord = (participant: Participant): ParticipantFieldsJson => ({
  id: participant.id,
  thread_id: participant.threadId,
  ...presentPermissions(participant),
  ...presentOwner({ type: 'user', id: participant.userId }),
  created_at: participant.createdAt,
  updated_at: participant.updatedAt,
});

/** A participant with their name and how far they have read. */
export const presentParticipant = (
  { participant, owner, lastReadId }: ParticipantView,
  presentation: Presentation,
): ParticipantJson => ({
  ...presentRecord(participant),
  owner: presentPerson(owner, presentation),
  last_read: { time: participant.lastReadAt, message_id: lastReadId },
});

/** A bare participant record, as in answers about people who just joined. */
export const presentParticipantRecord = (participant: Participant): ParticipantRecordJson => ({
  ...presentRecord(participant),
  muted: participant.muted,
  last_read: participant.lastReadAt,
  deleted_at: null,
});
