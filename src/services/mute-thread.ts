import type { Thread } from '../domain/thread.ts';
import type { User } from '../domain/user.ts';
import type { Services } from './context.ts';
import { participation } from './participation.ts';
import { permit } from './permit.ts';

/**
 * Lets somebody hear nothing more of a thread, or hear of it again.
 *
 * @throws NOT_PERMITTED
 */
export async function muteThread(
  services: Services,
  thread: Thread,
  user: User,
  muted: boolean,
): Promise<void> {
  const { store, clock, events } = services;
  const sentence = 'Not authorized to mute/unmute thread.';
  const before = await participation(services, thread, user, sentence);
  permit(!thread.locked, sentence);
  if (before.muted === muted) return;
  const participant = { ...before, muted, updatedAt: clock.now() };
  await store.participants.setMuted(participant.id, muted, participant.updatedAt);
  events.emit(muted ? 'ParticipantMuted' : 'ParticipantUnmuted', { thread, participant });
}
