/**
 * Lets only so many pieces of work begin at once: those that come later begin when one is done, or when it takes so long
 * that it may never be. So they do not take each other's time, and one that hangs holds up the others for a moment only.
 */
export class Stagger {
  readonly #most: number;
  readonly #moment: number;
  readonly #waiting: Array<() => void> = [];
  #begun = 0;

  /**
   * @param most how many begin at once
   * @param moment milliseconds after which one makes room for the next
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

  /** Whoever waits takes the place over. */
  #next(): void {
    const begin = this.#waiting.shift();
    if (begin) begin();
    else this.#begun--;
  }
}
