import { type Kysely, sql } from 'kysely';
import { fittingName } from '../../domain/name.ts';
import type { Migration } from './migration.ts';

/**
 * Names are now stored in one form, so existing names are converted to it. If two people would get the same
 * name, the second keeps the old one and logs in with existing tokens.
 */
export const names: Migration = () => [tidyNames];

async function tidyNames(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from users order by id`.execute(
    db,
  );
  const taken = new Set(rows.map(({ name }) => name));
  for (const { id, name } of rows) {
    const tidy = fittingName(name);
    if (tidy === '' || taken.has(tidy)) continue;
    taken.add(tidy);
    await sql`update users set name = ${tidy} where id = ${id}`.execute(db);
  }
}
