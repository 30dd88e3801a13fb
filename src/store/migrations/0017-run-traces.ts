import type { Migration } from './migration.ts';

/** What each of the latest runs did: what it printed, its steps, and its HTTP requests. */
export const runTraces: Migration = ({ sequence }) => [
  `create table run_traces (
    sequence ${sequence},
    run_id text not null unique references runs (id) on delete cascade,
    trace_json text not null
  )`,
];
