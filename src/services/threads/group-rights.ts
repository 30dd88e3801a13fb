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
 * @param errorMessage the message of NOT_PERMITTED
 * @throws NOT_PERMITTED
 */
export async function checkGroupAdmin(
  context: Pick<Context, 'store'>,
  { thread, user, errorMessage }: { thread: Thread; user: User; errorMessage: string },
): Promise<Participant> {
  const participant = await requireParticipant(context, { thread, user, errorMessage });
  assertPermitted(canManageGroup(thread, participant), errorMessage);
  return participant;
}
