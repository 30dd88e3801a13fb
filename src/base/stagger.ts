/**
 * Limits how many tasks start at once. Later ones start when one is done, or when one takes too long and may
 * never end. So they do not slow each other down, and one that hangs delays the others only briefly.
 */
export class Stagger {
  readonly #most: number;
  readonly #moment: number;
  readonly #waiting: Array<() => void> = [];
  #begun = 0;

  /**
   * @param most how many start at once
   * @param moment milliseconds after which a task no longer holds its place
   */
  constructor(most: number, moment: number) {
    this.#most = most;
    this.#moment = moment;
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#begun >= this.#most) await new Promise<void>((begin) => this.#waiting.push(begin));
    else this.#begun++;
    let hasRoom = true;
    const makeRoom = () => {
      if (hasRoom) this.#next();
      hasRoom = false;
    };
    const timer = setTimeout(makeRoom, this.#moment);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      makeRoom();
    }
  }

  /** Passes the place on to the next waiting task. */
  #next(): void {
    const begin = this.#waiting.shift();
    if (begin) begin();
    else this.#begun--;
  }
}
