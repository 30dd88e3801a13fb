import type { Participant } from './participant.ts';
import type { Thread } from './thread.ts';

/** Whether a participant may write into the thread. */
export const canSendMessages = (thread: Thread, participant: Participant | undefined): boolean =>
  participant !== undefined &&
  !thread.locked &&
  (participant.admin || (participant.permissions.sendMessages && thread.settings.messaging));

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
