import { workerData } from 'node:worker_threads';
import { killMarked } from '../base/process-tree.ts';

/*
 * A thread beside a worker that is a process: ends the process, and what it has started, when the daemon is gone.
 */
const { parent, marker }: { parent: number; marker: string } = workerData;

setInterval(() => {
  if (process.ppid === parent) return;
  killMarked(marker);
  // The whole group, of which this process is the head; without groups (on Windows), this process alone.
  process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL');
}, 500);
