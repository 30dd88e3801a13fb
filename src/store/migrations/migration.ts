/** What a migration must know of the dialect it is written for. */
export interface MigrationDialect {
  /** The column type of a primary key that counts up by itself. */
  sequence: string;
}

/** The statements of one step from one release's tables to the next one's, in order. Never changed once released. */
export type Migration = (dialect: MigrationDialect) => string[];
