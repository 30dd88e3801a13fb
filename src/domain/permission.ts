import type { Participant } from './participant.ts';
import type { Thread } from './thread.ts';

type MaybeParticipant = Participant | undefined;

/** Whether a participant may write in the thread. */
export const canSendMessages = (thread: Thread, participant: MaybeParticipant): participant is Participant =>
  participant !== undefined &&
  !thread.locked &&
  thread.settings.messaging &&
  (participant.admin || participant.permissions.sendMessages);

/** Whether a participant may knock, by the settings of the thread. */
export const canKnock = (thread: Thread, participant: MaybeParticipant): participant is Participant =>
  participant !== undefined &&
  !thread.locked &&
  thread.settings.knocks &&
  (thread.kind === 'private' || participant.admin || participant.permissions.sendKnocks);

/** Whether a participant may call, by the settings of the thread. */
export const canCall = (thread: Thread, participant: MaybeParticipant): participant is Participant =>
  participant !== undefined &&
  !thread.locked &&
  thread.settings.calling &&
  (thread.kind === 'private' || participant.admin || participant.permissions.startCalls);

/** Whether a participant may change the group's settings and who is in it. */
export const canManageGroup = (thread: Thread, participant: MaybeParticipant): participant is Participant =>
  participant !== undefined && !thread.locked && thread.kind === 'group' && participant.admin;

/** Whether a participant may add people to the group. */
export const canAddParticipants = (
  thread: Thread,
  participant: MaybeParticipant,
): participant is Participant =>
  participant !== undefined &&
  !thread.locked &&
  thread.kind === 'group' &&
  thread.settings.addParticipants &&
  (participant.admin || participant.permissions.addParticipants);

/** Whether a participant may create and see the group's invites, by the settings of the thread. */
export const canManageInvites = (thread: Thread, participant: MaybeParticipant): participant is Participant =>
  participant !== undefined &&
  !thread.locked &&
  thread.kind === 'group' &&
  thread.settings.invitations &&
  (participant.admin || participant.permissions.manageInvites);

/** Whether a participant sees the thread's bots. */
export const canSeeBots = (thread: Thread, participant: Participant | undefined): boolean =>
  participant !== undefined && thread.kind === 'group' && thread.settings.chatBots;

/** Whether a participant may add, change and remove the thread's bots. */
export const canManageBots = (thread: Thread, participant: Participant | undefined): boolean =>
  participant !== undefined &&
  !thread.locked &&
  thread.kind === 'group' &&
  thread.settings.chatBots &&
  (participant.admin || participant.permissions.manageBots);

/** Whether a participant sees the actions of a bot that hides or shows them. */
export const canSeeActions = (
  thread: Thread,
  participant: Participant | undefined,
  hideActions: boolean,
): boolean => participant !== undefined && (!hideActions || canManageBots(thread, participant));
