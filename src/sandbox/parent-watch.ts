import { workerData } from 'node:worker_threads';
import { endAll } from '../base/process-tree.ts';

/*
 * Runs in a separate thread of a worker process. When the daemon is gone, it ends the process and what it started.
 */
const { parent, marker }: { parent: number; marker: string } = workerData;

setInterval(() => {
  if (process.ppid !== parent) endAll(marker);
}, 500);
