import type { Participant } from '../../domain/participant.ts';
import { canAddParticipants } from '../../domain/permission.ts';
import { userProfile } from '../../domain/profile.ts';
import type { ProviderRef } from '../../domain/provider.ts';
import type { Thread } from '../../domain/thread.ts';
import { asProvider, type User } from '../../domain/user.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { nameList } from '../name-list.ts';
import { type Change, changeThread } from '../threads/change-thread.ts';
import { joinThread } from '../threads/join-thread.ts';
import { assertPermitted } from './assert-permitted.ts';

/** A person to add, given by an alias and an id as in client requests. */
export interface NamedProvider {
  alias: string;
  id: string;
}

/**
 * Adds people to a group. Skips unknown ids, providers that are not people, and people already in the group.
 *
 * @returns those who were added
 * @throws NOT_PERMITTED
 */
export async function addParticipants(
  context: Context,
  { thread, user, providers }: { thread: Thread; user: User; providers: readonly NamedProvider[] },
): Promise<Participant[]> {
  return changeThread(context, {
    thread,
    user,
    change: async (transaction, now) => {
      const me = await transaction.participants.find(now.id, user.id);
      assertPermitted(canAddParticipants(now, me), 'Not authorized to add participants.');
      return addPeople(context, { transaction, thread: now, user, providers });
    },
  });
}

/** Adds people to a group inside the caller's transaction. */
export async function addPeople(
  context: Context,
  {
    transaction,
    thread,
    user,
    providers,
  }: { transaction: Store; thread: Thread; user: User; providers: readonly NamedProvider[] },
): Promise<Change<Participant[]>> {
  const alias: ProviderRef['type'] = 'user';
  const ids = providers.filter((provider) => provider.alias === alias).map(({ id }) => id);
  const names = new Map((await transaction.users.findAll(ids)).map(({ id, name }) => [id, name]));
  const known = ids.filter((id) => names.has(id));
  const result = known.length === 0 ? [] : await joinThread(context, { transaction, thread, userIds: known });
  if (result.length === 0) return { result };
  const list = nameList(result.map(({ userId }) => names.get(userId) ?? ''));
  return {
    result,
    says: { type: 'PARTICIPANTS_ADDED', body: `added ${list}` },
    emit: () => {
      const event = { thread, by: asProvider(user), profile: userProfile(user), participants: result };
      context.events.emit('ParticipantsAdded', event);
    },
  };
}
