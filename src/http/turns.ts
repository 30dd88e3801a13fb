/** Limits how many tasks with the same key run at once. The others wait, in order. */
export class Turns {
  readonly #limit: number;
  readonly #waiting = new Map<string, Array<() => void>>();
  readonly #taken = new Map<string, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Runs a task when its turn comes. */
  async take<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    await this.#enter(key);
    try {
      return await work();
    } finally {
      this.#leave(key);
    }
  }

  #enter(key: string): Promise<void> | undefined {
    const taken = this.#taken.get(key) ?? 0;
    if (taken < this.#limit) {
      this.#taken.set(key, taken + 1);
      return undefined;
    }
    return new Promise((resolve) => {
      this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), resolve]);
    });
  }

  /** Passes the turn on to the next in line. */
  #leave(key: string): void {
    const [next, ...others] = this.#waiting.get(key) ?? [];
    if (next === undefined) {
      const taken = (this.#taken.get(key) ?? 1) - 1;
      if (taken === 0) this.#taken.delete(key);
      else this.#taken.set(key, taken);
      return;
    }
    if (others.length === 0) this.#waiting.delete(key);
    else this.#waiting.set(key, others);
    next();
  }
}
