import type { LateListener } from './worker.ts';

/** How many runs of a worker are remembered. Later calls are not reported. */
const maxRemembered = 100;

/** Reports calls that came too late to the listener of their run, at most once per run. */
export class LateCalls {
  readonly #listeners = new Map<string, LateListener | undefined>();
  #last = '';
  /** The error to report for the last run if nothing better is found. */
  #left: Error | undefined;

  /** Starts a run. */
  add(token: string, listener: LateListener | undefined): void {
    this.#last = token;
    this.#listeners.set(token, listener);
    const [oldest = token] = this.#listeners.keys();
    if (this.#listeners.size > maxRemembered) this.#listeners.delete(oldest);
  }

  /** Stores the error to report for the last run at the end. */
  leave(error: Error | undefined): void {
    this.#left = error;
  }

  /** Reports an error. Does nothing if the token belongs to no run or its run was already reported. */
  async report(token: string, error: Error): Promise<void> {
    const listener = this.#listeners.get(token);
    this.#listeners.delete(token);
    await listener?.(error);
  }

  /** Whether a token belongs to the last run. */
  isLast(token: string): boolean {
    return token === this.#last;
  }

  async reportLeft(): Promise<void> {
    if (this.#left) await this.report(this.#last, this.#left);
  }
}
