import type { Participant } from '../../domain/participant.ts';
import { canManageGroup } from '../../domain/permission.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { assertPermitted } from '../participants/assert-permitted.ts';
import { requireParticipant } from '../participants/require-participant.ts';

/**
 * Throws when a person is not an admin of a group.
 *
 * @param sentence the error message
 * @throws NOT_PERMITTED
 */
export async function checkGroupAdmin(
  context: Pick<Context, 'store'>,
  { thread, user, sentence }: { thread: Thread; user: User; sentence: string },
): Promise<Participant> {
  const participant = await requireParticipant(context, { thread, user, sentence });
  assertPermitted(canManageGroup(thread, participant), sentence);
  return participant;
}
