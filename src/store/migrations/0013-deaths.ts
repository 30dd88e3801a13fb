import type { Migration } from './migration.ts';

/** What is counted of a run are the starts that ended with the death of its process; it used to be all of them. */
export const deaths: Migration = () => ["update runs set starts = 0 where status in ('running', 'waiting')"];
