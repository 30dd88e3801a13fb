import { sql } from 'kysely';
import { ghostName, type Provider, type ProviderType } from '../domain/provider.ts';

/** A row with its owner's reference and name. */
export interface OwnedRow {
  owner_type: ProviderType;
  owner_id: string;
  owner_name: string | null;
}

/** Selects the name of a row's owner, a person or a bot. Their ids never collide, since they are UUIDs. */
export const ownerName = (table: 'messages' | 'reactions') => {
  const ownerId = sql.ref(`${table}.owner_id`);
  return sql<string | null>`coalesce(
    (select name from users where users.id = ${ownerId}),
    (select name from bots where bots.id = ${ownerId})
  )`.as('owner_name');
};

/**
 * The owner of a row. An owner that no longer exists keeps the id and gets the original's placeholder name.
 */
export const toOwner = (row: OwnedRow): Provider => ({
  type: row.owner_type,
  id: row.owner_id,
  name: row.owner_name ?? ghostName,
});
