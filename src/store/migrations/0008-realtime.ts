import type { Migration } from './migration.ts';

/**
 * The key that identifies the realtime server and signs subscriptions: one row, created at the first start.
 */
export const realtime: Migration = () => [
  `create table app_keys (
    name text primary key,
    key text not null,
    secret text not null
  )`,
];
