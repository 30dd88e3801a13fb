import { derivedId, isId } from '../../base/ids.ts';
import type { HostUser } from '../../domain/authenticate.ts';
import { fittingName } from '../../domain/name.ts';
import type { User } from '../../domain/user.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { ensureUser } from './people.ts';

/**
 * The person whom a host application calls so: by the id, which stays when the name changes, or without one by the
 * name. Made when there is none.
 */
export async function ensureHostUser(
  context: Pick<Context, 'store' | 'clock'>,
  { id: hostId, name: given }: HostUser,
): Promise<User> {
  if (hostId === undefined) return ensureUser(context, given);
  // There the id says who it is, and nobody here could give somebody of the host application another name.
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

/** Names are unique here; the host application may have two of one name. */
async function freeName(store: Store, name: string, hostId: string | number): Promise<string> {
  return (await store.users.findByName(name)) ? distinctName(name, hostId) : name;
}

function distinctName(name: string, hostId: string | number): string {
  const text = String(hostId);
  // An id that would not stay as it is as a part of a name could become that of another.
  const distinct = text.length <= 40 && fittingName(text) === text ? text : derivedId(text);
  return `${[...name].slice(0, 200).join('')} (${distinct})`;
}
