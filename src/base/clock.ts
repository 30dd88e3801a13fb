/** A moment in UTC with microseconds, as the HTTP contract writes it: `2022-04-26T00:13:42.000000Z`. */
export type Timestamp = string;

/**
 * The one source of time for cooldowns, leases, retries and the pauses of handlers. The system's clock may be
 * set forward or back. So whatever lasts only as long as the process is measured with {@link Clock.steady}.
 * Stored periods have a start and an end, and count as over when their start lies in the future.
 */
export interface Clock {
  /** Milliseconds since 1970 by the system's clock. */
  milliseconds(): number;
  /** Milliseconds since some fixed moment. They never go back or jump when the system's clock is set. */
  steady(): number;
  /**
   * The current moment as text, always later than the one before, even when the system's clock was set back:
   * text order is call order. Compare deadlines with {@link milliseconds}, which follows the system.
   */
  now(): Timestamp;
  /** Resolves once this clock has passed `milliseconds`; rejects with the signal's reason when it aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Writes milliseconds since 1970 (and microseconds within them, 0–999) as a timestamp. */
export function timestamp(milliseconds: number, microseconds = 0): Timestamp {
  const text = new Date(milliseconds).toISOString();
  return `${text.slice(0, -1)}${String(microseconds).padStart(3, '0')}Z`;
}

/** Counts the milliseconds that pass on a clock that may be set back; the count pauses when it is. */
function monotonic(base: () => number): () => number {
  let seen = base();
  let passed = 0;
  return () => {
    const now = base();
    passed += Math.max(0, now - seen);
    seen = now;
    return passed;
  };
}

const day = 24 * 60 * 60 * 1000;

/** The moment a number of days ago. */
export const daysAgo = (clock: Clock, days: number): Timestamp =>
  timestamp(clock.milliseconds() - days * day);

interface Sleeper {
  /** In steady time. */
  until: number;
  wake: () => void;
  timer: NodeJS.Timeout | undefined;
}

/**
 * The system's time, which can be moved forward. Sleepers that are then due wake at once.
 *
 * @example const clock = new MovableClock(); clock.advance(60_000)
 */
export class MovableClock implements Clock {
  readonly #sleepers = new Set<Sleeper>();
  readonly #base: () => number;
  readonly #steady: () => number;
  #offset = 0;
  /** The last moment returned, in microseconds since 1970. */
  #last = 0;

  /** @param base the current time in milliseconds since 1970; defaults to the system's */
  constructor(base?: () => number) {
    this.#base = base ?? Date.now;
    this.#steady = base ? monotonic(base) : () => performance.now();
  }

  milliseconds(): number {
    return this.#base() + this.#offset;
  }

  steady(): number {
    return this.#steady() + this.#offset;
  }

  now(): Timestamp {
    this.#last = Math.max(this.#last + 1, this.milliseconds() * 1000);
    return timestamp(Math.floor(this.#last / 1000), this.#last % 1000);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const end = (settle: () => void) => {
        clearTimeout(sleeper.timer);
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', abort);
        settle();
      };
      const abort = () => end(() => reject(signal?.reason));
      const sleeper: Sleeper = {
        until: this.steady() + milliseconds,
        wake: () => end(resolve),
        timer: undefined,
      };
      signal?.addEventListener('abort', abort);
      this.#sleepers.add(sleeper);
      this.#arm(sleeper);
    });
  }

  /** Moves the time forward by `milliseconds`. */
  advance(milliseconds: number): void {
    this.#offset += milliseconds;
    for (const sleeper of this.#sleepers) this.#arm(sleeper);
  }

  #arm(sleeper: Sleeper): void {
    clearTimeout(sleeper.timer);
    const left = sleeper.until - this.steady();
    if (left <= 0) sleeper.wake();
    // setTimeout takes at most 2^31-1 ms, so a longer sleep is armed again.
    else sleeper.timer = setTimeout(() => this.#arm(sleeper), Math.min(left, 2 ** 31 - 1));
  }
}
