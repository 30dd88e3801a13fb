import type { Timestamp } from '../../base/clock.ts';

/** A handler that runs in this process now. */
export interface RunningRun {
  /** The id of its run. */
  id: string;
  threadId: string;
  bot: { id: string; name: string };
  /** Its alias. */
  handler: string;
  message: { id: string; body: string };
  startedAt: Timestamp;
  /** Milliseconds after which it is ended. */
  timeout: number;
}

/** A handler that runs, and for how long it has done so. */
export interface TimedRun extends RunningRun {
  /** Milliseconds of real time, whatever the product's clock shows. */
  elapsed: number;
}

/** The handlers that run in this process, and how to end them. */
export class RunningRuns {
  readonly #runs = new Map<string, { run: RunningRun; since: number; cancel: () => void }>();

  /**
   * @param cancel ends the run
   * @returns a function that removes it
   */
  add(run: RunningRun, cancel: () => void): () => void {
    this.#runs.set(run.id, { run, since: performance.now(), cancel });
    return () => this.#runs.delete(run.id);
  }

  /** Those of a thread, or all of them, longest running first. */
  list(threadId?: string): TimedRun[] {
    return [...this.#runs.values()]
      .filter(({ run }) => threadId === undefined || run.threadId === threadId)
      .map(({ run, since }) => ({ ...run, elapsed: Math.round(performance.now() - since) }));
  }

  /** Ends a run, if it is one of this process. */
  cancel(id: string): void {
    this.#runs.get(id)?.cancel();
  }
}
