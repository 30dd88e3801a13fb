import { createError } from '../base/errors.ts';

/** A timer that keeps the process alive; it never fires. */
const longest = 2 ** 31 - 1;

/** Keeps the process alive until a promise settles, whatever else is unreferenced. */
export async function keepingAlive<Result>(pending: Promise<Result>): Promise<Result> {
  const timer = setInterval(() => {}, longest);
  try {
    return await pending;
  } finally {
    clearInterval(timer);
  }
}

/**
 * Does what a test asks of a chat, one after the other, until the chat is closed. The process ends by itself while
 * nothing is asked: a chat that a test forgets to close keeps nothing alive.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;
  readonly #errors: unknown[] = [];

  /** Fails the current turn, or the next, with an error that nobody awaits. */
  readonly fail = (error: unknown): void => {
    this.#errors.push(error);
  };

  /**
   * Does the work when its turn comes.
   *
   * @param what the call, for errors
   * @throws CHAT_CLOSED
   */
  async take<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    this.assertOpen(what);
    const turn = this.#last.then(() => this.#guarded(what, work));
    this.#last = turn.catch(() => {});
    return keepingAlive(turn);
  }

  /** @throws CHAT_CLOSED */
  assertOpen(what: string): void {
    if (this.#isClosed) throw createError('CHAT_CLOSED', what);
  }

  close(): void {
    this.#isClosed = true;
  }

  async #guarded<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    this.assertOpen(what);
    try {
      const result = await work();
      if (this.#errors.length > 0) throw this.#errors.shift();
      return result;
    } catch (error) {
      // Whatever it met is only that.
      this.assertOpen(what);
      throw error;
    }
  }
}
