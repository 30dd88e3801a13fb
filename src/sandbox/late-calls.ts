import type { LateListener } from './worker.ts';

/** So many runs of a worker are remembered: what comes later than that is told to nobody. */
const mostRemembered = 100;

/** Who is to be told what came too late, for each run of a worker and at most once. */
export class LateCalls {
  readonly #listeners = new Map<number, LateListener | undefined>();
  #runs = 0;
  /** What is told of the last run when nothing better comes of it. */
  #left: Error | undefined;

  /** Begins a run. They are counted as the worker counts them. */
  add(listener: LateListener | undefined): void {
    this.#listeners.set(++this.#runs, listener);
    this.#listeners.delete(this.#runs - mostRemembered);
  }

  /** Keeps what is told of the last run at the end. */
  leave(error: Error | undefined): void {
    this.#left = error;
  }

  async tell(run: number, error: Error): Promise<void> {
    const listener = this.#listeners.get(run);
    this.#listeners.delete(run);
    await listener?.(error);
  }

  async tellLeft(): Promise<void> {
    if (this.#left) await this.tell(this.#runs, this.#left);
  }
}
