import { type PersonJson, statusNames } from '../../api/person.ts';
import { timestamp } from '../../base/clock.ts';
import type { Profile } from '../../domain/profile.ts';
import type { ProviderRef } from '../../domain/provider.ts';
import type { Presence } from '../../services/users/presence.ts';
import type { Presentation } from './presentation.ts';
import { ownerTypes, presentProvider } from './provider.ts';

const absent: Presence = { status: 0, lastActive: null };

/** The two fields that identify an owner. */
export const presentOwner = ({ type, id }: ProviderRef) => ({ owner_id: id, owner_type: ownerTypes[type] });

/** A person, with what others may do with them. Without friendships, that is the same for everybody. */
export function presentPerson(profile: Profile, { presence }: Presentation): PersonJson {
  const { status, lastActive } = profile.type === 'user' ? presence(profile.user.id) : absent;
  return {
    ...presentProvider(profile),
    options: {
      can_message_first: true,
      friendable: false,
      can_friend: false,
      searchable: true,
      can_search: true,
      online_status: status,
      online_status_verbose: statusNames[status],
      friend_status: 0,
      friend_status_verbose: 'NOT_FRIEND',
      last_active: lastActive === null ? null : timestamp(lastActive),
    },
  };
}
