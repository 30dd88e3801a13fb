import { AsyncLocalStorage } from 'node:async_hooks';

/** What runs a file inside this process, as its code's errors and exits see it. */
interface Runner {
  onUncaught(error: unknown): void;
  onExit(code: number): void;
}

/** The runner that code belongs to, even in a timer that fires long after its operation. */
const running = new AsyncLocalStorage<Runner>();

/** Does work whose errors that nobody catches belong to this runner, while {@link catchInsideErrors} is in force. */
export const withRunner = <Result>(runner: Runner, work: () => Result): Result => running.run(runner, work);

/**
 * Lets errors that nobody catches, and calls of `process.exit()`, fail the handler that they come from, as in a worker.
 * Otherwise they end this process, with all that it has to report. For processes of our own: a test runner has its own
 * way with both.
 *
 * @returns ends that
 * @example disposables.use(catchInsideErrors())
 */
export function catchInsideErrors(): { close(): void } {
  const { exit } = process;
  const report = (error: unknown) => {
    const runner = running.getStore();
    if (runner) return runner.onUncaught(error);
    // It is not a handler's, so it ends the process as it does without us.
    close();
    setImmediate(() => {
      throw error;
    });
  };
  const close = () => {
    for (const event of events) process.off(event, report);
    process.exit = exit;
  };
  for (const event of events) process.on(event, report);
  process.exit = (code) => {
    const runner = running.getStore();
    if (runner === undefined) return exit.call(process, code);
    runner.onExit(Number(code ?? 0));
    throw new Error('A handler must return instead of calling process.exit().');
  };
  return { close };
}

const events = ['uncaughtException', 'unhandledRejection'];
