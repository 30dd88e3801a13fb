import { DisposableStack } from '../../src/base/disposable-stack.ts';

let disposables = new DisposableStack();

/** What is closed after the last test of the current file. */
export const fileEnd = {
  defer: (close: () => unknown): void => disposables.defer(close),

  dispose(): Promise<void> {
    const ended = disposables;
    disposables = new DisposableStack();
    return ended.dispose();
  },
};
