import { isDeepStrictEqual } from 'node:util';
import { createError } from '../../base/errors.ts';
import {
  adminPermissions,
  newParticipantPermissions,
  type Participant,
  type ParticipantPermissions,
} from '../../domain/participant.ts';
import type { Thread } from '../../domain/thread.ts';
import { asProvider, type User } from '../../domain/user.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { type Change, changeThread } from '../threads/change-thread.ts';
import { checkGroupAdmin } from '../threads/group-rights.ts';
import { assertPermitted } from './assert-permitted.ts';

/**
 * Changes a participant's permissions and emits an event if something changed. Omitted ones stay as they are.
 *
 * @throws NOT_PERMITTED; NOT_LOCATED when they were removed in the meantime
 */
export function updatePermissions(
  context: Context,
  {
    thread,
    user,
    participant,
    permissions,
  }: { thread: Thread; user: User; participant: Participant; permissions: Partial<ParticipantPermissions> },
): Promise<Participant> {
  const { clock, events } = context;
  const errorMessage = 'Not authorized to update participant permissions.';
  return changeOther(context, thread, user, participant, errorMessage, async (transaction, before) => {
    assertPermitted(!before.admin, errorMessage);
    const wanted = { ...before.permissions, ...permissions };
    if (isDeepStrictEqual(wanted, before.permissions)) return { result: before };
    const changed = { ...before, permissions: wanted, updatedAt: clock.now() };
    await transaction.participants.setRights(changed);
    const event = { thread, by: asProvider(user), participant: changed };
    return { result: changed, emit: () => events.emit('ParticipantPermissions', event) };
  });
}

/**
 * Makes a participant an admin of the group.
 *
 * @throws NOT_PERMITTED, also when they are an admin; NOT_LOCATED when they were removed in the meantime
 */
export function promoteParticipant(
  context: Context,
  { thread, user, participant }: { thread: Thread; user: User; participant: Participant },
): Promise<Participant> {
  const { events } = context;
  const errorMessage = 'Not authorized to promote participant.';
  return changeOther(context, thread, user, participant, errorMessage, async (transaction, before) => {
    assertPermitted(!before.admin, errorMessage);
    const changed = await setAdmin(context, transaction, before, true);
    const event = { thread, by: asProvider(user), participant: changed };
    return {
      result: changed,
      says: { type: 'PROMOTED_ADMIN', body: `promoted ${await nameOf(transaction, before)}` },
      emit: () => events.emit('PromotedAdmin', event),
    };
  });
}

/**
 * Makes an admin of a group an ordinary participant.
 *
 * @throws NOT_PERMITTED, also when they are not an admin; NOT_LOCATED when they were removed in the meantime
 */
export function demoteParticipant(
  context: Context,
  { thread, user, participant }: { thread: Thread; user: User; participant: Participant },
): Promise<Participant> {
  const { events } = context;
  const errorMessage = 'Not authorized to demote participant.';
  return changeOther(context, thread, user, participant, errorMessage, async (transaction, before) => {
    assertPermitted(before.admin, errorMessage);
    const changed = await setAdmin(context, transaction, before, false);
    const event = { thread, by: asProvider(user), participant: changed };
    return {
      result: changed,
      says: { type: 'DEMOTED_ADMIN', body: `demoted ${await nameOf(transaction, before)}` },
      emit: () => events.emit('DemotedAdmin', event),
    };
  });
}

/**
 * Removes a participant from a group. They can be added again.
 *
 * @throws NOT_PERMITTED; NOT_LOCATED when they were removed in the meantime
 */
export async function removeParticipant(
  context: Context,
  { thread, user, participant }: { thread: Thread; user: User; participant: Participant },
): Promise<void> {
  const { clock, events } = context;
  const errorMessage = 'Not authorized to remove participant.';
  await changeOther(context, thread, user, participant, errorMessage, async (transaction, before) => {
    await transaction.participants.remove(before.id, clock.now());
    const event = { thread, by: asProvider(user), participant: before };
    return {
      result: null,
      says: { type: 'PARTICIPANT_REMOVED', body: `removed ${await nameOf(transaction, before)}` },
      emit: () => events.emit('RemovedFromThread', event),
    };
  });
}

/**
 * Changes another participant of a group, as an admin. Both are looked up in the transaction of the change:
 * if two admins demote each other at the same time, the second is no longer an admin.
 *
 * @param errorMessage the message of NOT_PERMITTED for those who are not admins, or who try to change themselves
 * @throws NOT_PERMITTED, NOT_LOCATED
 */
function changeOther<Result>(
  context: Context,
  thread: Thread,
  user: User,
  { id }: Participant,
  errorMessage: string,
  change: (transaction: Store, before: Participant) => Promise<Change<Result>>,
): Promise<Result> {
  return changeThread(context, {
    thread,
    user,
    change: async (transaction, now) => {
      const me = await checkGroupAdmin({ store: transaction }, { thread: now, user, errorMessage });
      assertPermitted(me.id !== id, errorMessage);
      const before = await transaction.participants.findById(thread.id, id);
      if (before === undefined) throw createError('NOT_LOCATED', 'participant');
      return change(transaction, before);
    },
  });
}

async function setAdmin(
  { clock }: Context,
  transaction: Store,
  before: Participant,
  admin: boolean,
): Promise<Participant> {
  const permissions = admin ? adminPermissions : newParticipantPermissions;
  const changed = { ...before, admin, permissions, updatedAt: clock.now() };
  await transaction.participants.setRights(changed);
  return changed;
}

const nameOf = async ({ users }: Store, { userId }: Participant): Promise<string> =>
  (await users.find(userId))?.name ?? '';
