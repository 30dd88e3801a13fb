import type { Migration } from './migration.ts';

/** Retries of runs: crashes are counted separately from attempts, and an index finds failed runs. */
export const retries: Migration = () => [
  'alter table runs add column starts integer not null default 0',
  'update runs set starts = attempts, attempts = 1 where attempts > 0',
  "create index runs_failed on runs (finished_at, id) where status = 'failed'",
];
