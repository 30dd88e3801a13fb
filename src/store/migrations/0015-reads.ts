import type { Migration } from './migration.ts';

/** Runs know their thread, and lists are read in the order of an index. */
export const reads: Migration = () => [
  'alter table runs add column thread_id text',
  'update runs set thread_id = (select thread_id from messages where messages.id = runs.message_id)',
  'drop index runs_retried',
  `create index runs_retried on runs (thread_id, retry_at)
   where retry_at is not null and status in ('waiting', 'running')`,
  "create index runs_failed_thread on runs (thread_id, finished_at, id) where status = 'failed'",
  'create index messages_system on messages (thread_id, sequence) where +type >= 88 and archived_at is null',
  'create index reactions_message on reactions (message_id, id)',
  'create index bots_archived_thread on bots (thread_id, archived_at) where archived_at is not null',
  'drop index invites_thread',
  'create index invites_thread on invites (thread_id, id)',
];
