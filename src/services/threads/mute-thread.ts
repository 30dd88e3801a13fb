import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { assertPermitted } from '../participants/assert-permitted.ts';
import { requireParticipant } from '../participants/require-participant.ts';
import { locateThread } from './locate.ts';

/**
 * Mutes or unmutes a thread for a person.
 *
 * @throws NOT_PERMITTED
 */
export async function muteThread(
  context: Context,
  { thread, user, muted }: { thread: Thread; user: User; muted: boolean },
): Promise<void> {
  const { store, clock, events } = context;
  const errorMessage = 'Not authorized to mute/unmute thread.';
  const participant = await store.transaction(async (transaction) => {
    const now = await locateThread({ store: transaction }, thread.id);
    const before = await requireParticipant({ store: transaction }, { thread: now, user, errorMessage });
    assertPermitted(!now.locked, errorMessage);
    if (before.muted === muted) return null;
    const changed = { ...before, muted, updatedAt: clock.now() };
    await transaction.participants.setMuted(changed.id, muted, changed.updatedAt);
    return changed;
  });
  if (participant === null) return;
  events.emit(muted ? 'ParticipantMuted' : 'ParticipantUnmuted', { thread, participant });
}
