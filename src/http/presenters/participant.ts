import type { Participant } from '../../domain/participant.ts';
import type { ParticipantView } from '../../services/participant-views.ts';
import type { Look } from './look.ts';
import { presentOwner, presentProviderWithOptions } from './provider.ts';

const ownerOf = ({ userId }: Participant) => presentOwner({ type: 'user', id: userId });

/** What a participant may do; an admin may do everything. */
const presentPermissions = ({ admin, permissions }: Participant) => ({
  admin,
  pending: false,
  send_knocks: admin || permissions.sendKnocks,
  send_messages: admin || permissions.sendMessages,
  add_participants: admin || permissions.addParticipants,
  manage_invites: admin || permissions.manageInvites,
  manage_bots: admin || permissions.manageBots,
  start_calls: admin || permissions.startCalls,
});

/** A participant with their name and what they have read. */
export const presentParticipant = ({ participant, owner, lastReadId }: ParticipantView, look: Look) => ({
  id: participant.id,
  thread_id: participant.threadId,
  ...presentPermissions(participant),
  ...ownerOf(participant),
  owner: presentProviderWithOptions(owner, look),
  created_at: participant.createdAt,
  updated_at: participant.updatedAt,
  last_read: { time: participant.lastReadAt, message_id: lastReadId },
});

/** A participant as a bare record, as those are answered who were just added. */
export const presentParticipantRecord = (participant: Participant) => ({
  id: participant.id,
  thread_id: participant.threadId,
  ...ownerOf(participant),
  ...presentPermissions(participant),
  muted: participant.muted,
  last_read: participant.lastReadAt,
  created_at: participant.createdAt,
  updated_at: participant.updatedAt,
  deleted_at: null,
});
