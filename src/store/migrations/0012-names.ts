import { type Kysely, sql } from 'kysely';
import { fittingName } from '../../domain/name.ts';
import type { Migration } from './migration.ts';

/**
 * Names are stored in one form from now on, so those that are there are brought into it. Where that would make two
 * people one, the second keeps its name, and logs in by its tokens as before.
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
