/**
 * Reports errors that nothing handles, and keeps the process alive: a timer or a forgotten promise of a
 * listener must not end a daemon. The daemon's own work is awaited, and stored step by step.
 *
 * @param onError called with the error, and a note that it was unhandled
 * @returns `close()` restores the default: the next such error ends the process
 * @example disposables.use(catchUnhandledErrors(onError))
 */
export function catchUnhandledErrors(onError: (error: unknown, where: string) => void): { close(): void } {
  // Node reports unhandled rejections in the same way.
  const report = (error: unknown) => onError(error, 'nobody waited');
  process.on('uncaughtException', report);
  return { close: () => void process.off('uncaughtException', report) };
}
