import { createError, MessengerError } from './errors.ts';

/** Whether something was cut off because the process is about to end. That does not count as a failure. */
export const isEnding = (error: unknown): boolean =>
  error instanceof MessengerError && error.code === 'MESSENGER_ENDING';

/** Callers that wait for a change, until the process is about to end. */
export class Waiting {
  readonly #rejections = new Set<(error: Error) => void>();
  #waiters: Array<() => void> = [];
  #isClosed = false;

  /** Wakes everyone who waits for a change. */
  notify(): void {
    for (const wake of this.#waiters.splice(0)) wake();
  }

  /**
   * Resolves with the next change.
   *
   * @throws MESSENGER_ENDING
   */
  nextChange(): Promise<void> {
    return this.until(new Promise((resolve) => this.#waiters.push(resolve)));
  }

  /**
   * Resolves with the result of some work, or rejects when waiting ends first.
   *
   * @throws MESSENGER_ENDING, and what the work throws
   */
  until<Result>(work: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) reject(createError('MESSENGER_ENDING'));
      this.#rejections.add(reject);
      work.then(resolve, reject).finally(() => this.#rejections.delete(reject));
    });
  }

  /** @throws MESSENGER_ENDING once it is closed */
  assertOpen(): void {
    if (this.#isClosed) throw createError('MESSENGER_ENDING');
  }

  /** Rejects all who wait now or later. */
  close(): void {
    this.#isClosed = true;
    for (const reject of this.#rejections) reject(createError('MESSENGER_ENDING'));
  }
}
