import { failure } from '../base/errors.ts';
import {
  adminPermissions,
  newParticipantPermissions,
  type Participant,
  type ParticipantPermissions,
} from '../domain/participant.ts';
import type { Thread } from '../domain/thread.ts';
import { asProvider, type User } from '../domain/user.ts';
import { changeThread } from './change-thread.ts';
import type { Services } from './context.ts';
import { checkGroupAdmin } from './group-rights.ts';
import { permit } from './permit.ts';

/**
 * Changes what somebody may do in a group, and tells of it if something changed. What is left out stays.
 *
 * @throws NOT_PERMITTED
 */
export async function updatePermissions(
  services: Services,
  thread: Thread,
  user: User,
  participant: Participant,
  permissions: Partial<ParticipantPermissions>,
): Promise<Participant> {
  const sentence = 'Not authorized to update participant permissions.';
  await checkOther(services, thread, user, participant, sentence);
  permit(!participant.admin, sentence);
  const changed = { ...participant, permissions: { ...participant.permissions, ...permissions } };
  if (isSame(participant.permissions, changed.permissions)) return participant;
  const { store, clock, events } = services;
  const updated = { ...changed, updatedAt: clock.now() };
  await store.participants.setRights(updated);
  events.emit('ParticipantPermissions', { thread, by: asProvider(user), participant: updated });
  return updated;
}

/**
 * Makes somebody an admin of a group.
 *
 * @throws NOT_PERMITTED, also when they are one
 */
export async function promoteParticipant(
  services: Services,
  thread: Thread,
  user: User,
  participant: Participant,
): Promise<Participant> {
  const sentence = 'Not authorized to promote participant.';
  await checkOther(services, thread, user, participant, sentence);
  permit(!participant.admin, sentence);
  return setAdmin(services, thread, user, participant, true);
}

/**
 * Makes an admin of a group somebody like everybody else.
 *
 * @throws NOT_PERMITTED, also when they are no admin
 */
export async function demoteParticipant(
  services: Services,
  thread: Thread,
  user: User,
  participant: Participant,
): Promise<Participant> {
  const sentence = 'Not authorized to demote participant.';
  await checkOther(services, thread, user, participant, sentence);
  permit(participant.admin, sentence);
  return setAdmin(services, thread, user, participant, false);
}

/**
 * Removes somebody from a group. They can be added again.
 *
 * @throws NOT_PERMITTED, NOT_LOCATED when somebody else did it in the meantime
 */
export async function removeParticipant(
  services: Services,
  thread: Thread,
  user: User,
  participant: Participant,
): Promise<void> {
  await checkOther(services, thread, user, participant, 'Not authorized to remove participant.');
  const name = await nameOf(services, participant);
  await changeThread(services, thread, user, async (transaction) => {
    if (!(await transaction.participants.remove(participant.id, services.clock.now()))) {
      throw failure('NOT_LOCATED', 'participant');
    }
    return {
      result: null,
      says: { type: 'PARTICIPANT_REMOVED', body: `removed ${name}` },
      tell: () => services.events.emit('RemovedFromThread', { thread, by: asProvider(user), participant }),
    };
  });
}

/** @throws NOT_PERMITTED to those who are no admin, and about oneself */
async function checkOther(
  services: Services,
  thread: Thread,
  user: User,
  participant: Participant,
  sentence: string,
): Promise<void> {
  const me = await checkGroupAdmin(services, thread, user, sentence);
  permit(me.id !== participant.id, sentence);
}

async function setAdmin(
  services: Services,
  thread: Thread,
  user: User,
  participant: Participant,
  admin: boolean,
): Promise<Participant> {
  const { clock, events } = services;
  const permissions = admin ? adminPermissions : newParticipantPermissions;
  const changed = { ...participant, admin, permissions, updatedAt: clock.now() };
  const name = await nameOf(services, participant);
  return changeThread(services, thread, user, async (transaction) => {
    await transaction.participants.setRights(changed);
    return {
      result: changed,
      says: admin
        ? { type: 'PROMOTED_ADMIN', body: `promoted ${name}` }
        : { type: 'DEMOTED_ADMIN', body: `demoted ${name}` },
      tell: () =>
        events.emit(admin ? 'PromotedAdmin' : 'DemotedAdmin', {
          thread,
          by: asProvider(user),
          participant: changed,
        }),
    };
  });
}

const nameOf = async ({ store }: Services, { userId }: Participant): Promise<string> =>
  (await store.users.find(userId))?.name ?? '';

const isSame = (before: ParticipantPermissions, after: ParticipantPermissions): boolean =>
  (Object.keys(before) as Array<keyof ParticipantPermissions>).every((name) => before[name] === after[name]);
