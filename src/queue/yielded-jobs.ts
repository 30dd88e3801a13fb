/** The error of a job that is waiting when its queue closes. */
export const queueClosing = new Error('The queue closes.');

/** Jobs that have given up their slot in the queue while they wait for other work. */
export class YieldedJobs {
  /** The number of these jobs. */
  size = 0;
  readonly #isFull: () => boolean;
  readonly #rejections = new Set<() => void>();
  readonly #inTurn: Array<() => void> = [];
  #isClosed = false;

  /** @param isFull returns whether the queue is full, so that none of these jobs may continue */
  constructor(isFull: () => boolean) {
    this.#isFull = isFull;
  }

  /** Waits for a promise, and then for a free slot. Rejects with {@link queueClosing} when the queue closes. */
  async wait(until: Promise<unknown>): Promise<void> {
    this.size++;
    try {
      await this.#unlessClosed(until);
      while (this.#isFull())
        await this.#unlessClosed(new Promise<void>((resume) => this.#inTurn.push(resume)));
    } finally {
      this.size--;
      // There may be room for more than one.
      if (!this.#isFull()) this.resumeNext();
    }
  }

  /** Lets the next waiting job check for a free slot. */
  resumeNext(): void {
    this.#inTurn.shift()?.();
  }

  close(): void {
    this.#isClosed = true;
    for (const reject of this.#rejections) reject();
  }

  #unlessClosed(until: Promise<unknown>): Promise<void> {
    return new Promise((resolve, reject) => {
      const rejectClosing = () => reject(queueClosing);
      if (this.#isClosed) return rejectClosing();
      this.#rejections.add(rejectClosing);
      const settle = () => {
        this.#rejections.delete(rejectClosing);
        resolve();
      };
      // A rejection means that the process is about to end. The queue closes next, and that rejects.
      until.then(settle, () => {});
    });
  }
}
