/** Limits how many hold a permit at once. The others wait in order. */
export class Semaphore {
  #free: number;
  readonly #waiting: Array<() => void> = [];

  constructor(permits: number) {
    this.#free = permits;
  }

  get isFull(): boolean {
    return this.#free === 0;
  }

  /** Takes a permit; undefined if one was free, otherwise a promise. */
  acquire(): Promise<void> | undefined {
    if (this.isFull) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#free--;
    return undefined;
  }

  /** Passes the permit on to the next waiter. */
  release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free++;
  }
}
