import { z } from 'zod';
import { timestamp } from '../../base/clock.ts';
import type { ProviderRef } from '../../domain/provider.ts';
import type { Presence } from '../../services/users/presence.ts';
import type { Profile } from '../../services/users/profiles.ts';
import type { Presentation } from './look.ts';
import { ownerTypes, presentProvider, providerSchema } from './provider.ts';

const optionsSchema = z.object({
  can_message_first: z.boolean(),
  friendable: z.boolean(),
  can_friend: z.boolean(),
  searchable: z.boolean(),
  can_search: z.boolean(),
  online_status: z.int(),
  online_status_verbose: z.enum(['OFFLINE', 'ONLINE', 'AWAY']),
  friend_status: z.int(),
  friend_status_verbose: z.string(),
  last_active: z.string().nullable(),
});

/** A person with what one may do with them. */
export const personSchema = providerSchema.extend({ options: optionsSchema }).meta({ id: 'Person' });

const statusNames = ['OFFLINE', 'ONLINE', 'AWAY'] as const;

const absent: Presence = { status: 0, lastActive: null };

/** The two fields that say who owns something. */
export const presentOwner = ({ type, id }: ProviderRef) => ({ owner_id: id, owner_type: ownerTypes[type] });

/** A person with what one may do with them. There are no friendships, so that is the same for everybody. */
export function presentPerson(profile: Profile, { presence }: Presentation): z.output<typeof personSchema> {
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
