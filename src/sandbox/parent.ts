import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerStart } from './protocol.ts';

/** The main thread, seen from the thread or the process that runs authors' code. */
export interface Parent {
  start: WorkerStart;
  send(message: FromWorker): void;
  listen(onMessage: (message: ToWorker) => void): void;
}

/** Finds the main thread: that of this process, or the one of the process that forked this one. */
export function findParent(): Parent {
  const port = parentPort;
  if (port === null) return forkingParent(JSON.parse(process.argv[2] ?? '{}'));
  return {
    start: workerData,
    send: (message) => port.postMessage(message),
    listen: (onMessage) => void port.on('message', onMessage),
  };
}

function forkingParent(start: WorkerStart): Parent {
  endWith(start.parent);
  return {
    start,
    send: (message) => void process.send?.(message),
    listen: (onMessage) => void process.on('message', (message) => onMessage(message as ToWorker)),
  };
}

/**
 * Ends this process, and what it has started, when its parent dies, however that dies. A handler in an endless loop
 * hears of no disconnection, so a thread of its own looks on.
 */
function endWith(parent: number | undefined): void {
  // The whole group, of which this process is the head; without groups (on Windows), this process alone.
  const doomed = process.platform === 'win32' ? process.pid : -process.pid;
  process.on('disconnect', () => process.kill(doomed, 'SIGKILL'));
  const look = `process.ppid === ${parent} || process.kill(${doomed}, 'SIGKILL')`;
  new Worker(`setInterval(() => ${look}, 500)`, { eval: true, env: {}, execArgv: [] }).unref();
}
