import type { Clock } from '../../base/clock.ts';

/** Counts how often something happens, in windows of time. */
export class RateLimit {
  readonly #clock: Clock;
  readonly #times: number;
  readonly #window: number;
  #start = 0;
  #taken = 0;

  /**
   * @param times how often it may happen in a window
   * @param window milliseconds
   */
  constructor(clock: Clock, times: number, window: number) {
    this.#clock = clock;
    this.#times = times;
    this.#window = window;
  }

  /** Whether it may happen once more now. */
  take(): boolean {
    const now = this.#clock.milliseconds();
    if (now - this.#start >= this.#window) {
      this.#start = now;
      this.#taken = 0;
    }
    this.#taken += 1;
    return this.#taken <= this.#times;
  }
}
