import { sql } from 'kysely';
import { ghostName, type Provider, type ProviderType } from '../domain/provider.ts';

/** A row with the owner's name beside the owner's reference. */
export interface OwnedRow {
  owner_type: ProviderType;
  owner_id: string;
  owner_name: string | null;
}

/** Selects the name of whoever owns a row, a person or a bot. Ids of both never meet: they are UUIDs. */
export const ownerName = (table: 'messages' | 'reactions') => {
  const ownerId = sql.ref(`${table}.owner_id`);
  return sql<string | null>`coalesce(
    (select name from users where users.id = ${ownerId}),
    (select name from bots where bots.id = ${ownerId})
  )`.as('owner_name');
};

/** The owner of a row; somebody who is gone keeps the id and is called what the original calls them. */
export const toOwner = (row: OwnedRow): Provider => ({
  type: row.owner_type,
  id: row.owner_id,
  name: row.owner_name ?? ghostName,
});
