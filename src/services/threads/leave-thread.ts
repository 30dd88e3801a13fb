import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Services } from '../context.ts';
import { permit } from '../participants/assert-permitted.ts';
import { participation } from '../participants/require-participant.ts';
import { changeThread } from './change-thread.ts';

const refusal = 'Not authorized to leave that thread.';

/**
 * Leaves a group. Its last admin stays, as long as there is anybody else.
 *
 * @throws NOT_PERMITTED
 */
export async function leaveThread(services: Services, thread: Thread, user: User): Promise<void> {
  const { clock, events } = services;
  await changeThread(services, thread, user, async (transaction, now) => {
    // Looked up in here: two admins who leave at once do not each rely on the other.
    const participant = await participation({ store: transaction }, thread, user, refusal);
    permit(thread.kind === 'group', refusal);
    const { all, admins } = await transaction.participants.count(thread.id);
    const isNeeded = participant.admin && !now.locked && all > 1 && admins === 1;
    permit(!isNeeded, 'You must promote a new group admin before you may leave.');
    await transaction.participants.remove(participant.id, clock.now());
    return {
      result: null,
      says: { type: 'PARTICIPANT_LEFT_GROUP', body: 'left' },
      tell: () => events.emit('ThreadLeft', { thread, participant }),
    };
  });
}
