import type { Migration } from './migration.ts';

/** `starts` now counts only starts that ended with the death of the process; it used to count all. */
export const deaths: Migration = () => ["update runs set starts = 0 where status in ('running', 'waiting')"];
