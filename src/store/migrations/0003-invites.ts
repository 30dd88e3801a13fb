import type { Migration } from './migration.ts';

/** Invites to groups. */
export const invites: Migration = () => [
  `create table invites (
    id text primary key,
    thread_id text not null references threads (id) on delete cascade,
    owner_type text not null,
    owner_id text not null,
    code text not null unique,
    max_use integer not null,
    uses integer not null,
    expires_at text,
    created_at text not null,
    archived_at text
  )`,
  'create index invites_thread on invites (thread_id)',
];
