import type { Bot } from '../../domain/bot.ts';
import type { ProviderRef } from '../../domain/provider.ts';
import type { User } from '../../domain/user.ts';
import type { Store } from '../../store/store.ts';

/** An owner with everything loaded about it. A ghost no longer exists. */
export type Profile =
  | { type: 'user'; user: User }
  | { type: 'bot'; bot: Bot }
  | { type: 'ghost'; of: ProviderRef };

/** Finds the profile of a reference among those loaded. */
export type Profiles = (ref: ProviderRef) => Profile;

/** Loads the profiles of all references at once. */
export async function loadProfiles(store: Store, refs: readonly ProviderRef[]): Promise<Profiles> {
  const idsOf = (type: ProviderRef['type']) => [
    ...new Set(refs.filter((ref) => ref.type === type).map(({ id }) => id)),
  ];
  const users = new Map((await store.users.findAll(idsOf('user'))).map((user) => [user.id, user]));
  const bots = new Map((await store.bots.findAll(idsOf('bot'))).map((bot) => [bot.id, bot]));
  return (ref) => {
    const [user, bot] = [users.get(ref.id), bots.get(ref.id)];
    if (ref.type === 'user' && user) return { type: 'user', user };
    if (ref.type === 'bot' && bot) return { type: 'bot', bot };
    return { type: 'ghost', of: { type: ref.type, id: ref.id } };
  };
}
