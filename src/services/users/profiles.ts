import type { Profile } from '../../domain/profile.ts';
import type { ProviderRef } from '../../domain/provider.ts';
import type { Store } from '../../store/store.ts';

/** Finds the profile of a reference among those loaded. */
export type Profiles = (ref: ProviderRef) => Profile;

/**
 * Loads the profiles of all references at once.
 *
 * @param known profiles that are not read again
 */
export async function loadProfiles(
  store: Store,
  refs: readonly ProviderRef[],
  known: readonly Profile[] = [],
): Promise<Profiles> {
  const users = new Map(known.flatMap((one) => (one.type === 'user' ? [[one.user.id, one.user]] : [])));
  const bots = new Map(known.flatMap((one) => (one.type === 'bot' ? [[one.bot.id, one.bot]] : [])));
  const missing = (type: ProviderRef['type'], among: ReadonlyMap<string, unknown>) => [
    ...new Set(refs.filter((ref) => ref.type === type && !among.has(ref.id)).map(({ id }) => id)),
  ];
  for (const user of await store.users.findAll(missing('user', users))) users.set(user.id, user);
  for (const bot of await store.bots.findAll(missing('bot', bots))) bots.set(bot.id, bot);
  return (ref) => {
    const [user, bot] = [users.get(ref.id), bots.get(ref.id)];
    if (ref.type === 'user' && user) return { type: 'user', user };
    if (ref.type === 'bot' && bot) return { type: 'bot', bot };
    return { type: 'ghost', of: { type: ref.type, id: ref.id } };
  };
}
