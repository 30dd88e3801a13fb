/** Registers what stops work when a signal aborts, as `onInterrupt` does for signals of the system. */
export const onAbort =
  (signal: AbortSignal) =>
  (stop: () => void): (() => void) => {
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    return () => signal.removeEventListener('abort', stop);
  };
