import { setTimeout as sleep } from 'node:timers/promises';
import { isBusy } from './sqlite-errors.ts';

/** The pauses between tries to get a lock that another process has, in milliseconds; the last one repeats. */
const pauses = [1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100];

const pauseAfter = (tries: number): number => pauses[tries] ?? 100;

/**
 * Does something again while another process has the lock it needs. Nothing else waits meanwhile: SQLite's own
 * waiting would stop the whole process.
 *
 * @param limit milliseconds; what fails for longer fails with SQLite's own error
 */
export async function whileBusy<Result>(work: () => Result, limit: number): Promise<Result> {
  const begun = performance.now();
  for (let tries = 0; ; tries++) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() - begun >= limit) throw error;
      await sleep(pauseAfter(tries));
    }
  }
}

/** Somebody who wants to write. */
interface Waiter {
  since: number;
  /** The first thing of the turn: what takes the lock. */
  begin: () => void;
  refuse: (error: unknown) => void;
}

/**
 * Lets one write at a time, in the order in which they asked. While another process has the lock the first one tries
 * again and again, without stopping anything else; whoever has waited too long for other processes is refused.
 */
export class WriterTurns {
  readonly #limit: number;
  readonly #waiting: Waiter[] = [];
  #isTaken = false;
  /** Since when another process has been in the way. */
  #busySince: number | undefined;
  #tries = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param limit how long another process may be in the way, in milliseconds */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Waits for a turn and begins it with `first`, which takes the lock: that alone is tried again. The turn lasts until
   * {@link leave}; there is none when this rejects.
   */
  enter<Result>(first: () => Result): Promise<Result> {
    return new Promise((resolve, refuse) => {
      const begin = () => resolve(first());
      this.#waiting.push({ since: performance.now(), begin, refuse });
      if (this.#timer === undefined) this.#next();
    });
  }

  /** Ends the turn. */
  leave(): void {
    this.#isTaken = false;
    this.#next();
  }

  /** Refuses all who wait. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const { refuse } of this.#waiting.splice(0)) refuse(new Error('The database was closed.'));
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
        waiter.refuse(error);
      }
      this.#waiting.shift();
    }
  }

  #tryLater(error: unknown): void {
    const now = performance.now();
    this.#busySince ??= now;
    const busySince = this.#busySince;
    const isLate = ({ since }: Waiter) => now - Math.max(since, busySince) >= this.#limit;
    // They stand in the order in which they came.
    const late = this.#waiting.filter(isLate).length;
    for (const { refuse } of this.#waiting.splice(0, late)) refuse(error);
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
