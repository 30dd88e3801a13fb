import type { Participant } from '../../domain/participant.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { assertPermitted } from './assert-permitted.ts';

/**
 * The participant of a thread that a person is.
 *
 * @param sentence the error message for those who are not in it
 * @throws NOT_PERMITTED
 */
export async function requireParticipant(
  { store }: Pick<Context, 'store'>,
  { thread, user, sentence }: { thread: Thread; user: User; sentence: string },
): Promise<Participant> {
  const participant = await store.participants.find(thread.id, user.id);
  assertPermitted(participant !== undefined, sentence);
  return participant;
}
