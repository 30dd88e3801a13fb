import type { Migration } from './migration.ts';

/** Tokens for logging in to the HTTP API. */
export const tokens: Migration = () => [
  `create table tokens (
    id text primary key,
    user_id text not null references users (id) on delete cascade,
    hash text not null,
    created_at text not null,
    last_used_at text,
    revoked_at text
  )`,
  'create index tokens_user on tokens (user_id, id)',
];
