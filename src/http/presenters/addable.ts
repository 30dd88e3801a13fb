import { z } from 'zod';
import type { User } from '../../domain/user.ts';
import type { Presentation } from './look.ts';
import { personSchema, presentPerson } from './person.ts';

/** Somebody who could be added to a group, where clients of the original expect their friends. */
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

/** Somebody who could be added to a group. */
export const presentAddable = (user: User, look: Presentation): z.output<typeof addableSchema> => ({
  id: user.id,
  type: 1,
  type_verbose: 'FRIEND',
  party_id: user.id,
  party_type: 'users',
  party: presentPerson({ type: 'user', user }, look),
});
