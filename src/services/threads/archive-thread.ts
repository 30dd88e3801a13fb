import { timestamp } from '../../base/clock.ts';
import { createError } from '../../base/errors.ts';
import { canManageGroup } from '../../domain/permission.ts';
import type { Thread } from '../../domain/thread.ts';
import { asProvider, type User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { assertPermitted } from '../participants/assert-permitted.ts';
import { requireParticipant } from '../participants/require-participant.ts';
import { changeThread } from './change-thread.ts';

const notPermitted = 'Not authorized to delete thread.';

/**
 * Archives a thread. Its messages, bots and participants stay with it and can no longer be reached.
 *
 * @throws NOT_PERMITTED; NOT_LOCATED when it was archived in the meantime
 */
export async function archiveThread(context: Context, thread: Thread, user: User): Promise<void> {
  const { clock, events } = context;
  const archived = { ...thread, archivedAt: timestamp(clock.milliseconds()) };
  await changeThread(context, {
    thread,
    user,
    change: async (transaction, now) => {
      const me = await requireParticipant(
        { store: transaction },
        { thread: now, user, errorMessage: notPermitted },
      );
      assertPermitted(now.kind === 'private' || canManageGroup(now, me), notPermitted);
      if (!(await transaction.threads.archive(thread.id, archived.archivedAt))) {
        throw createError('NOT_LOCATED', 'thread');
      }
      const what = thread.kind === 'group' ? 'group' : 'conversation';
      return {
        result: null,
        says: { type: 'THREAD_ARCHIVED', body: `archived the ${what}` },
        emit: () => events.emit('ThreadArchived', { thread: archived, by: asProvider(user) }),
      };
    },
  });
}
