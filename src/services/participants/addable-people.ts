import { canAddParticipants } from '../../domain/permission.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { assertPermitted } from './assert-permitted.ts';

/** Maximum number of people listed. */
const maxAddable = 500;

/**
 * People who can be added to a group: everybody who is not in it, ordered by name.
 *
 * @throws NOT_PERMITTED
 */
export async function addablePeople(
  { store }: Pick<Context, 'store'>,
  thread: Thread,
  user: User,
): Promise<User[]> {
  const me = await store.participants.find(thread.id, user.id);
  assertPermitted(canAddParticipants(thread, me), 'Not authorized to add participants.');
  return store.users.outside(thread.id, maxAddable);
}
