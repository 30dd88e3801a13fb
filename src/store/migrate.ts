import { CompiledQuery, type Kysely, type Migration as KyselyMigration, Migrator } from 'kysely';
import { createError, messageOf } from '../base/errors.ts';
import { migrations } from './migrations/index.ts';
import type { MigrationDialect } from './migrations/migration.ts';

const known = Object.keys(migrations);

/**
 * Migrates the tables to this release. All migrations run in one transaction, so two processes that start
 * together migrate once, and a killed start leaves the tables unchanged.
 *
 * @throws DATABASE_NEWER when a later release has already migrated this database
 */
export async function migrate<Tables>(db: Kysely<Tables>, dialect: MigrationDialect): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrationsFor(dialect) } });
  const applied = await appliedMigrations(db);
  const newest = applied.at(-1);
  if (applied.length === known.length && newest === known.at(-1)) return;
  if (newest !== undefined && !known.includes(newest)) {
    throw createError('DATABASE_NEWER', newest, known.at(-1) ?? 'none');
  }
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

/** Every migration as Kysely runs it. */
export function migrationsFor(dialect: MigrationDialect): Record<string, KyselyMigration> {
  const entries = Object.entries(migrations).map(([name, steps]) => [
    name,
    {
      up: async (db: Kysely<unknown>) => {
        for (const step of steps(dialect)) {
          await (typeof step === 'string' ? db.executeQuery(CompiledQuery.raw(step)) : step(db));
        }
      },
    },
  ]);
  return Object.fromEntries(entries);
}

/** Reads Kysely's own record. A new database has none until the migrator creates it. */
async function appliedMigrations<Tables>(db: Kysely<Tables>): Promise<string[]> {
  const query = CompiledQuery.raw('select name from kysely_migration order by name');
  try {
    const { rows } = await db.executeQuery<{ name: string }>(query);
    return rows.map((row) => row.name);
  } catch (error) {
    if (messageOf(error).includes('no such table')) return [];
    throw error;
  }
}
