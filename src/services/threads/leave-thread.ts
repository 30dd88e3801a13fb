import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { assertPermitted } from '../participants/assert-permitted.ts';
import { requireParticipant } from '../participants/require-participant.ts';
import { changeThread } from './change-thread.ts';

const notPermitted = 'Not authorized to leave that thread.';

/**
 * Leaves a group. Its last admin cannot leave while others are in it.
 *
 * @throws NOT_PERMITTED
 */
export async function leaveThread(context: Context, thread: Thread, user: User): Promise<void> {
  const { clock, events } = context;
  await changeThread(context, {
    thread,
    user,
    change: async (transaction, now) => {
      // Looked up inside the transaction: two admins who leave at the same time must not rely on each other.
      const participant = await requireParticipant(
        { store: transaction },
        { thread, user, errorMessage: notPermitted },
      );
      assertPermitted(thread.kind === 'group', notPermitted);
      const { all, admins } = await transaction.participants.count(thread.id);
      const isNeeded = participant.admin && !now.locked && all > 1 && admins === 1;
      assertPermitted(!isNeeded, 'You must promote a new group admin before you may leave.');
      await transaction.participants.remove(participant.id, clock.now());
      return {
        result: null,
        says: { type: 'PARTICIPANT_LEFT_GROUP', body: 'left' },
        emit: () => events.emit('ThreadLeft', { thread, participant }),
      };
    },
  });
}
