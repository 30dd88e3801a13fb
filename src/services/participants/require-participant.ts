import type { Participant } from '../../domain/participant.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Services } from '../context.ts';
import { permit } from './assert-permitted.ts';

/**
 * Somebody as a participant of a thread.
 *
 * @param sentence what is refused to those who are not in it
 * @throws NOT_PERMITTED
 */
export async function participation(
  { store }: Pick<Services, 'store'>,
  thread: Thread,
  user: User,
  sentence: string,
): Promise<Participant> {
  const participant = await store.participants.find(thread.id, user.id);
  permit(participant !== undefined, sentence);
  return participant;
}
