import { Worker } from 'node:worker_threads';

/** How many milliseconds loading a configuration may take. */
const limit = 5_000;

/** In seconds. Later than the main thread's timer, because it is for loops that block that timer. */
const watchdogLimit = limit / 1_000 + 1;

const reason = `it does not finish loading: after ${limit / 1000} s it is still in a loop or awaits something that never settles`;

/**
 * Runs in a thread of its own and kills the process when the main thread is blocked. There is no other way:
 * only the main thread can end a process with an exit code of its own.
 */
const watchdog = `
  const { workerData } = require('node:worker_threads');
  let seconds = 0;
  // Second by second: a machine that was suspended meanwhile has spent one of them.
  while (seconds < workerData.limit && Atomics.wait(workerData.ended, 0, 0, 1_000) === 'timed-out') seconds++;
  if (seconds === workerData.limit) {
    require('node:fs').writeSync(2, workerData.message);
    process.kill(process.pid, 'SIGKILL');
  }
`;

/**
 * Whether a configuration may loop forever. Loops and calls need parentheses, a template or an import, so a plain
 * object has none of them.
 */
export const mayLoop = (text: string): boolean => /[(`]|\bimport\b|\bfrom\b/.test(text);

/**
 * Loads code that may never finish. Code that awaits forever is rejected. Code that loops forever ends the
 * process, with the error on standard error.
 *
 * @param message builds the message from a reason
 * @param isWatched whether to watch for loops. That takes a thread, which costs more than to load most configurations.
 * @throws an Error with the reason, and what `load` throws
 */
export async function withinLimit<Result>(
  load: () => Promise<Result>,
  message: (reason: string) => string,
  isWatched: boolean,
): Promise<Result> {
  const release = isWatched ? startWatchdog(`Error: ${message(reason)}\n`) : () => {};
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(reason)), limit);
  });
  try {
    return await Promise.race([load(), tooLong]);
  } finally {
    clearTimeout(timer);
    release();
  }
}

/** Starts the watchdog; returns a function that ends it. */
function startWatchdog(message: string): () => void {
  const ended = new Int32Array(new SharedArrayBuffer(4));
  const workerData = { ended, limit: watchdogLimit, message };
  const worker = new Worker(watchdog, { eval: true, workerData, execArgv: [], env: {} });
  // A watchdog that cannot start, as when descriptors run out, must not end the process: there is also the
  // timer.
  worker.on('error', () => {}).unref();
  return () => {
    Atomics.store(ended, 0, 1);
    Atomics.notify(ended, 0);
  };
}
