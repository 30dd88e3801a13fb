import { derivedId, isId } from '../../base/ids.ts';
import type { HostUser } from '../../domain/authenticate.ts';
import { fittingName } from '../../domain/name.ts';
import type { User } from '../../domain/user.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { ensureUser } from './people.ts';

/**
 * The person with this id in the host application. The id stays when the name changes; without an id, the
 * name is used. Created if missing.
 */
export async function ensureHostUser(
  context: Pick<Context, 'store' | 'clock'>,
  { id: hostId, name: given }: HostUser,
): Promise<User> {
  if (hostId === undefined) return ensureUser(context, given);
  // Unusable names are replaced, not rejected: the id identifies the person, who cannot be renamed here.
  const name = fittingName(given) || fittingName(String(hostId)) || 'Somebody';
  const id = isId(String(hostId)) ? String(hostId) : derivedId(String(hostId));
  const { store, clock } = context;
  const known = await store.users.find(id);
  if (known?.name === name || known?.name === distinctName(name, hostId)) return known;
  const now = clock.now();
  return store.transaction(async (transaction) => {
    const free = await freeName(transaction, name, hostId);
    const user = { id, createdAt: now, ...(await transaction.users.find(id)), name: free, updatedAt: now };
    if (user.createdAt === now) await transaction.users.insert(user);
    else await transaction.users.rename(id, free, now);
    return user;
  });
}

/** Names are unique here, but the host application may have two people with the same name. */
async function freeName(store: Store, name: string, hostId: string | number): Promise<string> {
  return (await store.users.findByName(name)) ? distinctName(name, hostId) : name;
}

function distinctName(name: string, hostId: string | number): string {
  const text = String(hostId);
  // An id that is changed when it becomes part of a name could collide with another one.
  const distinct = text.length <= 40 && fittingName(text) === text ? text : derivedId(text);
  return `${[...name].slice(0, 200).join('')} (${distinct})`;
}
