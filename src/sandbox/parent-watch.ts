import { workerData } from 'node:worker_threads';
import { endAll } from '../base/process-tree.ts';

/*
 * A thread beside a worker that is a process: ends the process, and what it has started, when the daemon is gone.
 */
const { parent, marker }: { parent: number; marker: string } = workerData;

setInterval(() => {
  if (process.ppid !== parent) endAll(marker);
}, 500);
