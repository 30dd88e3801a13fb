import type { Migration } from './migration.ts';

/** The answers to requests with an `Idempotency-Key`, so that a repeated request gets the same answer. */
export const idempotencyKeys: Migration = () => [
  `create table idempotency_keys (
    user_id text not null references users (id) on delete cascade,
    route text not null,
    key text not null,
    fingerprint text not null,
    results_json text not null,
    status integer,
    answer_json text,
    created_at text not null,
    primary key (user_id, route, key)
  )`,
  'create index idempotency_keys_user on idempotency_keys (user_id, created_at)',
  'create index idempotency_keys_created on idempotency_keys (created_at)',
];
