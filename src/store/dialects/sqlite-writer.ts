import { setTimeout as sleep } from 'node:timers/promises';
import { closedError } from './group-commit.ts';
import { isBusy } from './sqlite-errors.ts';

/** The pauses between attempts to get a lock of another process, in milliseconds. The last one repeats. */
const pauses = [1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100];

const pauseAfter = (tries: number): number => pauses[tries] ?? 100;

/**
 * Retries work while another process holds a lock that it needs. Nothing else waits meanwhile. SQLite's own
 * waiting would block the whole process.
 *
 * @param limit milliseconds after which SQLite's own error is thrown
 */
export async function retryWhileBusy<Result>(work: () => Result, limit: number): Promise<Result> {
  const startedAt = performance.now();
  for (let tries = 0; ; tries++) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() - startedAt >= limit) throw error;
      await sleep(pauseAfter(tries));
    }
  }
}

/** A caller waiting to write. */
interface Waiter {
  since: number;
  /** Runs the first statement, which takes the lock of the database. */
  begin: () => void;
  reject: (error: unknown) => void;
}

/**
 * Allows one write at a time, in the order of the requests. While another process has the lock, the first one
 * is retried without blocking anything else. A caller that has waited too long for other processes gets an
 * error.
 */
export class WriterLock {
  readonly #limit: number;
  readonly #waiting: Waiter[] = [];
  #isTaken = false;
  /** When another process first blocked the lock. */
  #busySince: number | undefined;
  #tries = 0;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** @param limit how long to wait for another process, in milliseconds */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Waits until nobody else in this process writes, and runs `first`, which takes the lock of the database and is
   * all that is retried. Call {@link release} afterwards, unless this rejects.
   */
  acquire<Result>(first: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(closedError());
      const begin = () => resolve(first());
      this.#waiting.push({ since: performance.now(), begin, reject });
      if (this.#timer === undefined) this.#next();
    });
  }

  /** Lets the next caller write. */
  release(): void {
    this.#isTaken = false;
    this.#next();
  }

  /** Rejects all who wait, and all who come later. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const { reject } of this.#waiting.splice(0)) reject(closedError());
  }

  #next(): void {
    while (!this.#isTaken) {
      const waiter = this.#waiting[0];
      if (waiter === undefined) return;
      try {
        this.#isTaken = true;
        waiter.begin();
        this.#busySince = undefined;
        this.#tries = 0;
      } catch (error) {
        this.#isTaken = false;
        if (isBusy(error)) {
          this.#tryLater(error);
          return;
        }
        waiter.reject(error);
      }
      this.#waiting.shift();
    }
  }

  #tryLater(error: unknown): void {
    const now = performance.now();
    this.#busySince ??= now;
    const busySince = this.#busySince;
    const isLate = ({ since }: Waiter) => now - Math.max(since, busySince) >= this.#limit;
    // The oldest wait at the front.
    const late = this.#waiting.filter(isLate).length;
    for (const { reject } of this.#waiting.splice(0, late)) reject(error);
    if (this.#waiting.length === 0) {
      this.#busySince = undefined;
      this.#tries = 0;
      return;
    }
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#next();
      },
      pauseAfter(this.#tries++),
    );
  }
}
