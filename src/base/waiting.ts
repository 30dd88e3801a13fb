import { createError, MessengerError } from './errors.ts';

/** Whether something was cut off since the process is about to end: that is nobody's failure. */
export const isEnding = (error: unknown): boolean =>
  error instanceof MessengerError && error.code === 'MESSENGER_ENDING';

/** Those who wait for what changes, until the process is about to end. */
export class Waiting {
  readonly #refusals = new Set<(error: Error) => void>();
  #tellers: Array<() => void> = [];
  #isClosed = false;

  /** Tells all who wait for a change. */
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
   * What some work comes to, as long as anybody waits for it.
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

  /** @throws MESSENGER_ENDING where nobody waits any more */
  assertOpen(): void {
    if (this.#isClosed) throw createError('MESSENGER_ENDING');
  }

  /** Refuses all who wait, and who comes later. */
  close(): void {
    this.#isClosed = true;
    for (const refuse of this.#refusals) refuse(createError('MESSENGER_ENDING'));
  }
}
