import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Calls `stop` at the first SIGINT or SIGTERM, and sets the exit code for it. A second signal ends the
 * process at once.
 *
 * @returns a function that stops listening
 */
export function onInterrupt(stop: () => void): () => void {
  let asked = false;
  const listener = (signal: (typeof signals)[number]) => {
    process.exitCode = 128 + constants.signals[signal];
    if (asked) process.exit();
    asked = true;
    stop();
  };
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}

/** Resolves once a signal has aborted. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
