import type { Migration } from './migration.ts';

/** An index that finds handled runs with a warning. */
export const warnings: Migration = () => [
  "create index runs_warned on runs (finished_at, id) where status = 'handled' and error_json is not null",
];
