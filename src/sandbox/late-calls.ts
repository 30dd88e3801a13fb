import type { LateListener } from './worker.ts';

/** So many runs of a worker are remembered: what comes later than that is told to nobody. */
const mostRemembered = 100;

/** Who is to be told what came too late, for each run of a worker and at most once. */
export class LateCalls {
  readonly #listeners = new Map<string, LateListener | undefined>();
  #last = '';
  /** What is told of the last run when nothing better comes of it. */
  #left: Error | undefined;

  /** Begins a run. */
  add(token: string, listener: LateListener | undefined): void {
    this.#last = token;
    this.#listeners.set(token, listener);
    const [oldest = token] = this.#listeners.keys();
    if (this.#listeners.size > mostRemembered) this.#listeners.delete(oldest);
  }

  /** Keeps what is told of the last run at the end. */
  leave(error: Error | undefined): void {
    this.#left = error;
  }

  /** A token that belongs to no run, or to one that was told already, tells nobody. */
  async tell(token: string, error: Error): Promise<void> {
    const listener = this.#listeners.get(token);
    this.#listeners.delete(token);
    await listener?.(error);
  }

  /** Whether a token is that of the last run. */
  isLast(token: string): boolean {
    return token === this.#last;
  }

  async tellLeft(): Promise<void> {
    if (this.#left) await this.tell(this.#last, this.#left);
  }
}
