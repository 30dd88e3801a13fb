import type { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';

/** Follows the worker threads that are started from now on in this process. */
export function countWorkers() {
  const exits: Promise<unknown>[] = [];
  let alive = 0;
  const follow = (worker: Worker) => {
    alive++;
    worker.once('exit', () => alive--);
    exits.push(new Promise((resolve) => worker.once('exit', resolve)));
  };
  process.on('worker', follow);
  onTestFinished(() => {
    process.off('worker', follow);
  });
  return {
    /** How many were started. */
    get count() {
      return exits.length;
    },
    /** How many of them are still there. */
    get alive() {
      return alive;
    },
    /** Resolves once all that were started are gone. */
    gone: () => Promise.all(exits),
    /** Resolves once the first that was started is gone. */
    firstGone: () => exits[0],
  };
}
