import type { Timestamp } from '../base/clock.ts';

/** What a participant may do besides reading. An admin may do everything. */
export interface ParticipantPermissions {
  sendMessages: boolean;
  sendKnocks: boolean;
  addParticipants: boolean;
  manageInvites: boolean;
  manageBots: boolean;
  startCalls: boolean;
}

/** The permissions of a new participant of a group: writing only, as in the original. */
export const newParticipantPermissions: ParticipantPermissions = {
  sendMessages: true,
  sendKnocks: false,
  addParticipants: false,
  manageInvites: false,
  manageBots: false,
  startCalls: false,
};

/** The permissions of a new admin. */
export const adminPermissions: ParticipantPermissions = {
  sendMessages: true,
  sendKnocks: true,
  addParticipants: true,
  manageInvites: true,
  manageBots: true,
  startCalls: true,
};

/** A person in a thread. */
export interface Participant {
  id: string;
  threadId: string;
  userId: string;
  admin: boolean;
  permissions: ParticipantPermissions;
  /** They are not notified of anything in the thread. */
  muted: boolean;
  lastReadAt: Timestamp | null;
  createdAt: Timestamp;
  updatedAt: Timestamp;
}
