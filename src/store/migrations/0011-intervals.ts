import type { Migration } from './migration.ts';

/**
 * Periods are stored with their start as well as their end. One job does all retries of a thread and finds
 * them by their runs. Retries that were queued one by one are converted to such jobs.
 */
export const intervals: Migration = () => [
  "alter table cooldowns add column since text not null default ''",
  "alter table invites add column since text not null default ''",
  "alter table jobs add column since text not null default ''",
  'alter table runs add column retry_since text',
  'alter table runs add column retry_at text',
  `update runs set retry_since = '', retry_at = ''
   where status = 'waiting' or (status = 'running' and attempts > 1)`,
  `create index runs_retried on runs (message_id) where retry_at is not null and status in ('waiting', 'running')`,
  `insert into jobs (queue, key, kind, payload_json, status, attempts, since, run_at, created_at)
   select min(jobs.queue), 'retry:' || messages.thread_id, 'retry-run',
     '{"threadId":"' || messages.thread_id || '"}', 'ready', 0, '', '', min(jobs.created_at)
   from jobs
   join runs on jobs.key = 'run:' || runs.id
   join messages on messages.id = runs.message_id
   where jobs.kind = 'retry-run' and jobs.status <> 'failed'
   group by messages.thread_id`,
  "delete from jobs where kind = 'retry-run' and key like 'run:%'",
];
