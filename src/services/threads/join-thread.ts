import { newId } from '../../base/ids.ts';
import { adminPermissions, newParticipantPermissions, type Participant } from '../../domain/participant.ts';
import type { Thread } from '../../domain/thread.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';

/** How somebody comes into a thread. */
interface Joining {
  admin?: boolean;
}

/**
 * Brings people into a thread, inside the caller's transaction. Whoever was removed comes back as the participant
 * they were, with the permissions of somebody new; who is in it already is passed over.
 *
 * @returns those who came in, in the order in which they are named
 */
export async function joinThread(
  { clock }: Pick<Context, 'clock'>,
  {
    transaction,
    thread,
    userIds,
    admin = false,
  }: { transaction: Store; thread: Thread; userIds: readonly string[] } & Joining,
): Promise<Participant[]> {
  const known = await transaction.participants.known(thread.id, userIds);
  const before = new Map(known.map((one) => [one.participant.userId, one]));
  const joined: Participant[] = [];
  for (const userId of new Set(userIds)) {
    const found = before.get(userId);
    if (found?.isPresent) continue;
    const now = clock.now();
    const permissions = admin ? adminPermissions : newParticipantPermissions;
    const participant = { ...(found?.participant ?? somebodyNew(thread, userId, now)), admin, permissions };
    if (found) await transaction.participants.restore({ ...participant, updatedAt: now });
    else await transaction.participants.insert(participant);
    joined.push({ ...participant, updatedAt: now });
  }
  return joined;
}

const somebodyNew = (thread: Thread, userId: string, now: string): Participant => ({
  id: newId(),
  threadId: thread.id,
  userId,
  admin: false,
  permissions: newParticipantPermissions,
  muted: false,
  lastReadAt: null,
  createdAt: now,
  updatedAt: now,
});
