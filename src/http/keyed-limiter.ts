/** Limits how many tasks with the same key run at once. The others wait, in order. */
export class KeyedLimiter {
  readonly #limit: number;
  readonly #waiting = new Map<string, Array<() => void>>();
  readonly #running = new Map<string, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Runs a task as soon as the limit allows. */
  async run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    await this.#acquire(key);
    try {
      return await work();
    } finally {
      this.#release(key);
    }
  }

  #acquire(key: string): Promise<void> | undefined {
    const running = this.#running.get(key) ?? 0;
    if (running < this.#limit) {
      this.#running.set(key, running + 1);
      return undefined;
    }
    return new Promise((resolve) => {
      this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), resolve]);
    });
  }

  /** Starts the next waiting task, if there is one. */
  #release(key: string): void {
    const [next, ...others] = this.#waiting.get(key) ?? [];
    if (next === undefined) {
      const running = (this.#running.get(key) ?? 1) - 1;
      if (running === 0) this.#running.delete(key);
      else this.#running.set(key, running);
      return;
    }
    if (others.length === 0) this.#waiting.delete(key);
    else this.#waiting.set(key, others);
    next();
  }
}
