import type { Migration } from './migration.ts';

/** Files without a row: they are being written or are to be removed. */
export const files: Migration = () => [
  `create table unclaimed_files (
    path text primary key,
    owner text,
    created_at text not null
  )`,
];
