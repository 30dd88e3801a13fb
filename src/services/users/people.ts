import { createError } from '../../base/errors.ts';
import { isId, newId } from '../../base/ids.ts';
import { fittingName, personName } from '../../domain/name.ts';
import type { Participant } from '../../domain/participant.ts';
import { newGroup, type Thread, type ThreadSettings } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../context.ts';
import { joinThread } from '../threads/join-thread.ts';

/**
 * The person with this name, created if missing.
 *
 * @throws NAME_INVALID
 */
export async function ensureUser(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  given: string,
): Promise<User> {
  const name = personName(given);
  // An existing person is found without waiting for the write lock.
  const there = await store.users.findByName(name);
  if (there) return there;
  const now = clock.now();
  return store.transaction(async (transaction) => {
    const known = await transaction.users.findByName(name);
    if (known) return known;
    const user = { id: newId(), name, createdAt: now, updatedAt: now };
    await transaction.users.insert(user);
    return user;
  });
}

/**
 * The person with this name.
 *
 * @throws NOT_FOUND, NAME_INVALID
 */
export async function userNamed({ store }: Pick<Context, 'store'>, given: string): Promise<User> {
  const name = personName(given);
  const user = await store.users.findByName(name);
  if (user) return user;
  throw createError('NOT_FOUND', 'person', name);
}

/** The group with this name (the oldest of several), created with these settings if missing. */
export async function ensureGroup(
  { store, clock }: Context,
  given: string,
  settings: Partial<ThreadSettings> = {},
): Promise<Thread> {
  const subject = fittingName(given);
  const now = clock.now();
  return store.transaction(async (transaction) => {
    const [known] = await transaction.threads.findGroups(subject);
    if (known) return known;
    const thread = newGroup(newId(), subject, now, settings);
    await transaction.threads.insert(thread);
    return thread;
  });
}

/**
 * The group with this name or id.
 *
 * @throws NOT_FOUND, NAME_AMBIGUOUS when several have the name
 */
export async function groupNamed({ store }: Pick<Context, 'store'>, name: string): Promise<Thread> {
  const byId = isId(name) ? await store.threads.find(name) : undefined;
  const [group, ...others] = byId ? [byId] : await groupsOf(store, name);
  if (group === undefined) throw createError('NOT_FOUND', 'group', name);
  if (others.length === 0) return group;
  throw createError(
    'NAME_AMBIGUOUS',
    'group',
    name,
    [group, ...others].map((each) => each.id),
  );
}

/** Groups with the normalised name, or else the exact text: groups of earlier releases are not normalised. */
async function groupsOf({ threads }: Context['store'], name: string): Promise<Thread[]> {
  const groups = await threads.findGroups(fittingName(name));
  return groups.length > 0 ? groups : threads.findGroups(name);
}

/** The participant that a person is in a thread, added with these permissions if missing. */
export async function ensureParticipant(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  { thread, user, admin }: { thread: Pick<Thread, 'id'>; user: User; admin: boolean },
): Promise<Participant> {
  return store.transaction(async (transaction) => {
    const known = await transaction.participants.find(thread.id, user.id);
    if (known) return known;
    const [joined] = await joinThread({ clock }, { transaction, thread, userIds: [user.id], admin });
    if (joined === undefined)
      throw new Error('A person could not be added to a thread that they are not in.');
    return joined;
  });
}
