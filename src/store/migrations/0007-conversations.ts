import type { Migration } from './migration.ts';

/** Edits, muting, avatars of groups, and indexes for lists of threads and messages. */
export const conversations: Migration = () => [
  'alter table threads add column avatar text',
  'alter table participants add column muted integer not null default 0',
  `create table message_edits (
    id text primary key,
    message_id text not null references messages (id) on delete cascade,
    body text not null,
    edited_at text not null
  )`,
  'create index message_edits_message on message_edits (message_id, id)',
  'create index participants_thread on participants (thread_id, removed_at, id)',
  'create index messages_type on messages (thread_id, type, sequence)',
  'create index messages_created on messages (thread_id, created_at) where archived_at is null',
];
