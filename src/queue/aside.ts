/** What a job is refused with that waits while its queue closes. */
export const putBack = new Error('The queue closes.');

/** The jobs that have stepped aside: what they wait for, others do. */
export class Aside {
  /** How many they are. */
  size = 0;
  readonly #isFull: () => boolean;
  readonly #refusals = new Set<() => void>();
  readonly #inTurn: Array<() => void> = [];
  #isClosed = false;

  /** @param isFull tells whether so many jobs are being done that none of these may go on */
  constructor(isFull: () => boolean) {
    this.#isFull = isFull;
  }

  /** Waits for something, and then until there is room. Rejects with {@link putBack} when the queue closes. */
  async wait(until: Promise<unknown>): Promise<void> {
    this.size++;
    try {
      await this.#unlessClosed(until);
      while (this.#isFull()) await this.#unlessClosed(new Promise<void>((goOn) => this.#inTurn.push(goOn)));
    } finally {
      this.size--;
    }
  }

  /** Lets the next one look whether there is room. */
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
      // What is refused comes no more, since the process is about to end: the queue closes next.
      until.then(settle, () => {});
    });
  }
}
