/**
 * Reports what fails where nobody waits for it, and goes on: a timer or a forgotten promise of a listener must not end
 * a daemon. What it does itself is awaited, and stored step by step.
 *
 * @param onError told the error, and that it came late
 * @returns `close()` lets the next one end the process again
 * @example disposables.use(catchUnhandledErrors(onError))
 */
export function catchUnhandledErrors(onError: (error: unknown, where: string) => void): { close(): void } {
  // Node tells a rejection that nobody handles in the same way.
  const report = (error: unknown) => onError(error, 'nobody waited');
  process.on('uncaughtException', report);
  return { close: () => void process.off('uncaughtException', report) };
}
