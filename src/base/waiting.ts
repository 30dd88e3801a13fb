import { createError, MessengerError } from './errors.ts';

/** Whether something was cut off because the process is about to end. That does not count as a failure. */
export const isEnding = (error: unknown): boolean =>
  error instanceof MessengerError && error.code === 'MESSENGER_ENDING';

/** Callers that wait for a change, until the process is about to end. */
export class Waiting {
  readonly #refusals = new Set<(error: Error) => void>();
  #tellers: Array<() => void> = [];
  #isClosed = false;

  /** Wakes everyone who waits for a change. */
  tell(): void {
    for (const tell of this.#tellers.splice(0)) tell();
  }

  /**
   * Resolves with the next change.
   *
   * @throws MESSENGER_ENDING
   */
  nextChange(): Promise<void> {
    return this.until(new Promise((tell) => this.#tellers.push(tell)));
  }

  /**
   * Resolves with the result of some work, or rejects when waiting ends first.
   *
   * @throws MESSENGER_ENDING, and what the work throws
   */
  until<Result>(work: Promise<Result>): Promise<Result> {
    return new Promise((resolve, refuse) => {
      if (this.#isClosed) refuse(createError('MESSENGER_ENDING'));
      this.#refusals.add(refuse);
      work.then(resolve, refuse).finally(() => this.#refusals.delete(refuse));
    });
  }

  /** @throws MESSENGER_ENDING once it is closed */
  assertOpen(): void {
    if (this.#isClosed) throw createError('MESSENGER_ENDING');
  }

  /** Rejects all who wait now or later. */
  close(): void {
    this.#isClosed = true;
    for (const refuse of this.#refusals) refuse(createError('MESSENGER_ENDING'));
  }
}
