import { z } from 'zod';
import { providerSchema } from './provider.ts';

/** The names of the presence states, by number. */
export const statusNames = ['OFFLINE', 'ONLINE', 'AWAY'] as const;

const optionsSchema = z.object({
  can_message_first: z.boolean(),
  friendable: z.boolean(),
  can_friend: z.boolean(),
  searchable: z.boolean(),
  can_search: z.boolean(),
  online_status: z.int(),
  online_status_verbose: z.enum(statusNames),
  friend_status: z.int(),
  friend_status_verbose: z.string(),
  last_active: z.string().nullable(),
});

/** A person, with what others may do with them. */
export const personSchema = providerSchema.extend({ options: optionsSchema }).meta({ id: 'Person' });
export type PersonJson = z.output<typeof personSchema>;

/** A person who can be added to a group. Clients of the original expect their friends here. */
export const addableSchema = z
  .object({
    id: z.string(),
    type: z.literal(1),
    type_verbose: z.literal('FRIEND'),
    party_id: z.string(),
    party_type: z.string(),
    party: personSchema,
  })
  .meta({ id: 'Addable' });
export type AddableJson = z.output<typeof addableSchema>;
