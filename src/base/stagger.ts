/**
 * Limits how many tasks start at once. Later ones start when one is done, or when one takes too long and may
 * never end. So they do not slow each other down, and one that hangs delays the others only briefly.
 */
export class Stagger {
  readonly #limit: number;
  readonly #maxHold: number;
  readonly #waiting: Array<() => void> = [];
  #running = 0;

  /**
   * @param limit how many start at once
   * @param maxHold milliseconds after which a task no longer holds its place
   */
  constructor(limit: number, maxHold: number) {
    this.#limit = limit;
    this.#maxHold = maxHold;
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running >= this.#limit) await new Promise<void>((start) => this.#waiting.push(start));
    else this.#running++;
    let holdsPlace = true;
    const releasePlace = () => {
      if (holdsPlace) this.#next();
      holdsPlace = false;
    };
    const timer = setTimeout(releasePlace, this.#maxHold);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      releasePlace();
    }
  }

  /** Passes the place on to the next waiting task. */
  #next(): void {
    const start = this.#waiting.shift();
    if (start) start();
    else this.#running--;
  }
}
