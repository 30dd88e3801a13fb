import { Worker } from 'node:worker_threads';

/** Milliseconds between two signs of life. */
const interval = 250;

/**
 * The program of the thread that watches. It is written as text because the build has no file for it. Counting checks
 * instead of comparing times means that a suspended process is not taken for a blocked one.
 */
const program = `
const { writeSync } = require('node:fs');
const { workerData: { beats, interval, checks, message, pid } } = require('node:worker_threads');
let seen = 0;
let missed = 0;
setInterval(() => {
  const now = Atomics.load(beats, 0);
  missed = now === seen ? missed + 1 : 0;
  seen = now;
  if (missed < checks) return;
  writeSync(2, message + '\\n');
  process.kill(pid, 'SIGKILL');
}, interval);
`;

/**
 * Ends this process when its event loop has been blocked for a while, as by a handler in an endless loop that runs
 * inside the process. Nothing else could end it: no timer fires any more, and Ctrl+C is not noticed.
 *
 * @param milliseconds how long it may be blocked
 * @param message printed to standard error before the end
 */
export function endWhenBlocked(milliseconds: number, message: string): { close(): Promise<void> } {
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const timer = setInterval(() => Atomics.add(beats, 0, 1), interval).unref();
  const checks = Math.ceil(milliseconds / interval);
  const worker = new Worker(program, {
    eval: true,
    workerData: { beats, interval, checks, message, pid: process.pid },
  });
  worker.unref();
  return {
    close: async () => {
      clearInterval(timer);
      await worker.terminate();
    },
  };
}
