import type { Participant } from '../../domain/participant.ts';
import { canManageGroup } from '../../domain/permission.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Services } from '../context.ts';
import { permit } from '../participants/assert-permitted.ts';
import { participation } from '../participants/require-participant.ts';

/**
 * Refuses whoever is no admin of a group.
 *
 * @param sentence what they are told
 * @throws NOT_PERMITTED
 */
export async function checkGroupAdmin(
  services: Pick<Services, 'store'>,
  thread: Thread,
  user: User,
  sentence: string,
): Promise<Participant> {
  const participant = await participation(services, thread, user, sentence);
  permit(canManageGroup(thread, participant), sentence);
  return participant;
}
