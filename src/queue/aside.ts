/** The error of a job that is waiting when its queue closes. */
export const putBack = new Error('The queue closes.');

/** Jobs that have stepped aside to wait for other work. */
export class Aside {
  /** The number of these jobs. */
  size = 0;
  readonly #isFull: () => boolean;
  readonly #refusals = new Set<() => void>();
  readonly #inTurn: Array<() => void> = [];
  #isClosed = false;

  /** @param isFull returns whether the queue is full, so that none of these jobs may go on */
  constructor(isFull: () => boolean) {
    this.#isFull = isFull;
  }

  /** Waits for a promise, and then for a free place. Rejects with {@link putBack} when the queue closes. */
  async wait(until: Promise<unknown>): Promise<void> {
    this.size++;
    try {
      await this.#unlessClosed(until);
      while (this.#isFull()) await this.#unlessClosed(new Promise<void>((goOn) => this.#inTurn.push(goOn)));
    } finally {
      this.size--;
    }
  }

  /** Lets the next waiting job check for a free place. */
  goOn(): void {
    this.#inTurn.shift()?.();
  }

  close(): void {
    this.#isClosed = true;
    for (const refuse of this.#refusals) refuse();
  }

  #unlessClosed(until: Promise<unknown>): Promise<void> {
    return new Promise((resolve, reject) => {
      const refuse = () => reject(putBack);
      if (this.#isClosed) return refuse();
      this.#refusals.add(refuse);
      const settle = () => {
        this.#refusals.delete(refuse);
        resolve();
      };
      // A rejection means that the process is about to end. The queue closes next, and that rejects.
      until.then(settle, () => {});
    });
  }
}
