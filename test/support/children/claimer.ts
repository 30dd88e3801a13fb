import { MovableClock } from '../../../src/base/clock.ts';
import { SqliteQueue } from '../../../src/queue/sqlite-queue.ts';
import { openSqliteStore } from '../../../src/store/store.ts';

/*
 * A process that takes one job, tells its kind, and never gets it done.
 */
const [file = '', name = ''] = process.argv.slice(2);
const store = await openSqliteStore(file);
const queue = new SqliteQueue(store, new MovableClock(), {
  name,
  concurrency: 1,
  grace: 0,
  onFailure: (error) => process.send?.(String(error)),
});
queue.start((job) => {
  process.send?.(job.kind);
  return new Promise(() => {});
});
