import type { Participant } from '../../domain/participant.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { assertPermitted } from './assert-permitted.ts';

/**
 * The participant of a thread that a person is.
 *
 * @param errorMessage the message of NOT_PERMITTED for those who are not in it
 * @throws NOT_PERMITTED
 */
export async function requireParticipant(
  { store }: Pick<Context, 'store'>,
  { thread, user, errorMessage }: { thread: Thread; user: User; errorMessage: string },
): Promise<Participant> {
  const participant = await store.participants.find(thread.id, user.id);
  assertPermitted(participant !== undefined, errorMessage);
  return participant;
}
