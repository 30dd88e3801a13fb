import type { Migration } from './migration.ts';

/** Runs that were handled and have something to be told of them all the same are found at once. */
export const warnings: Migration = () => [
  "create index runs_warned on runs (finished_at, id) where status = 'handled' and error_json is not null",
];
