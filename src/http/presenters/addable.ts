import type { AddableJson } from '../../api/person.ts';
import type { User } from '../../domain/user.ts';
import { presentPerson } from './person.ts';
import type { Presentation } from './presentation.ts';

/** A person who can be added to a group. */
export const presentAddable = (user: User, presentation: Presentation): AddableJson => ({
  id: user.id,
  type: 1,
  type_verbose: 'FRIEND',
  party_id: user.id,
  party_type: 'users',
  party: presentPerson({ type: 'user', user }, presentation),
});
