import { Worker } from 'node:worker_threads';

/** Milliseconds a configuration may take to be loaded. */
const limit = 5_000;

/** Seconds, later than the timer of the main thread: it is for a loop that lets no timer come. */
const watchdogLimit = limit / 1_000 + 1;

const reason = `it does not end loading: it took longer than ${limit / 1000} s, in a loop or awaiting what never comes`;

/**
 * Waits beside the main thread, and ends the process when that one does not come back: nothing in it could. There is
 * no gentler way: only the main thread itself can end a process with an exit code of its own.
 */
const watchdog = `
  const { workerData } = require('node:worker_threads');
  let seconds = 0;
  // Second by second: a machine that was suspended meanwhile has spent one of them.
  while (seconds < workerData.limit && Atomics.wait(workerData.ended, 0, 0, 1_000) === 'timed-out') seconds++;
  if (seconds === workerData.limit) {
    require('node:fs').writeSync(2, workerData.sentence);
    process.kill(process.pid, 'SIGKILL');
  }
`;

/**
 * Loads what may never end: one that awaits what never comes is given up; one that loops ends the process, with the
 * sentence for that on standard error.
 *
 * @param sentence what to say of a reason
 * @throws an Error with the reason, and what `load` throws
 */
export async function withinLimit<Result>(
  load: () => Promise<Result>,
  sentence: (reason: string) => string,
): Promise<Result> {
  const ended = new Int32Array(new SharedArrayBuffer(4));
  const workerData = { ended, limit: watchdogLimit, sentence: `Error: ${sentence(reason)}\n` };
  const beside = new Worker(watchdog, { eval: true, workerData, execArgv: [], env: {} });
  // One that cannot start, as where descriptors are short, must not end the process: the timer is there besides.
  beside.on('error', () => {}).unref();
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(reason)), limit);
  });
  try {
    return await Promise.race([load(), tooLong]);
  } finally {
    clearTimeout(timer);
    Atomics.store(ended, 0, 1);
    Atomics.notify(ended, 0);
  }
}
