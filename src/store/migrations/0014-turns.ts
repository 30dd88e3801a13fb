import type { Migration } from './migration.ts';

/** Indexes that find the ready job whose turn it is, however many jobs there are. */
export const turns: Migration = () => [
  'drop index jobs_next',
  "create index jobs_due on jobs (queue, run_at) where status = 'ready'",
  "create index jobs_new on jobs (queue, run_at) where status = 'ready' and run_at = created_at",
  "create index jobs_set_back on jobs (queue, since, run_at) where status = 'ready'",
  'create index jobs_status on jobs (queue, status)',
];
