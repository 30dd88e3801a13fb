import type { Kysely } from 'kysely';

/** What a migration must know of the dialect it is written for. */
export interface MigrationDialect {
  /** The column type of a primary key that counts up by itself. */
  sequence: string;
}

/** A statement, or what no statement can say. */
type Step = string | ((db: Kysely<unknown>) => Promise<void>);

/** The way from one release's tables to the next one's, step by step. Never changed once released. */
export type Migration = (dialect: MigrationDialect) => Step[];
