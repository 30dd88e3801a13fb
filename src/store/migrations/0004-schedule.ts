import type { Migration } from './migration.ts';

/** When each command of the schedule was last started. */
export const schedule: Migration = () => [
  'create table scheduled_commands (command text primary key, started_at text not null)',
];
