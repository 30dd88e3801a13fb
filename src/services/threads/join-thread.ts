import { newId } from '../../base/ids.ts';
import { adminPermissions, newParticipantPermissions, type Participant } from '../../domain/participant.ts';
import type { Thread } from '../../domain/thread.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';

/** The permissions that people join a thread with. */
interface Joining {
  admin?: boolean;
}

/**
 * Adds people to a thread, inside the caller's transaction. A person who was removed becomes the same
 * participant again, with the permissions of a new one. People already in the thread are skipped.
 *
 * @returns those who joined, in the given order
 */
export async function joinThread(
  { clock }: Pick<Context, 'clock'>,
  {
    transaction,
    thread,
    userIds,
    admin = false,
  }: { transaction: Store; thread: Pick<Thread, 'id'>; userIds: readonly string[] } & Joining,
): Promise<Participant[]> {
  const known = await transaction.participants.known(thread.id, userIds);
  const before = new Map(known.map((one) => [one.participant.userId, one]));
  const joined: Participant[] = [];
  for (const userId of new Set(userIds)) {
    const found = before.get(userId);
    if (found?.isPresent) continue;
    const now = clock.now();
    const permissions = admin ? adminPermissions : newParticipantPermissions;
    const participant = {
      ...(found?.participant ?? newParticipant(thread, userId, now)),
      admin,
      permissions,
    };
    if (found) await transaction.participants.restore({ ...participant, updatedAt: now });
    else await transaction.participants.insert(participant);
    joined.push({ ...participant, updatedAt: now });
  }
  return joined;
}

const newParticipant = (thread: Pick<Thread, 'id'>, userId: string, now: string): Participant => ({
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
