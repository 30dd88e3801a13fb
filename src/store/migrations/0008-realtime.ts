import type { Migration } from './migration.ts';

/** What realtime clients know the server by, and what signs their subscriptions: one row, made at the first start. */
export const realtime: Migration = () => [
  `create table app_keys (
    name text primary key,
    key text not null,
    secret text not null
  )`,
];
