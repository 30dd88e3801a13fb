import type { Kysely } from 'kysely';

/** The parts of a dialect that migrations depend on. */
export interface MigrationDialect {
  /** The column type of an auto-incrementing primary key. */
  sequence: string;
}

/** An SQL statement, or a function for what SQL cannot express. */
type Step = string | ((db: Kysely<unknown>) => Promise<void>);

/** The steps from one release's tables to the next. Never changed after the release. */
export type Migration = (dialect: MigrationDialect) => Step[];
