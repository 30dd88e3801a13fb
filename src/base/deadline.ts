import type { Clock } from './clock.ts';

/** How often a deadline is checked, within the bounds below. More checks lose less time to a pause. */
const checks = 50;
const minInterval = 10;
const maxInterval = 250;

/** A check that is late by more than this, in milliseconds, followed a pause and not just load. */
const maxDelay = 50;

/** A deadline that runs. */
export interface Deadline {
  /** Ends it: it is not exceeded any more. */
  cancel(): void;
  /**
   * Waits on a clock. Meanwhile the deadline counts the time of that clock, at most as long as it has to wait: a clock
   * that a simulation freezes or moves takes nothing from the time in which a handler works, and adds nothing to it.
   * Rejects with the signal's reason, and when the deadline is exceeded first.
   */
  sleep(clock: Clock, milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/**
 * Calls `onExceeded` after this many milliseconds in which the process was awake. Time in which the whole
 * process was stopped (SIGSTOP), its container frozen or the machine suspended does not count. The timer does
 * not keep the process alive.
 *
 * @example const deadline = startDeadline(30_000, () => worker.end())
 */
export function startDeadline(milliseconds: number, onExceeded: () => void): Deadline {
  return new RealDeadline(milliseconds, onExceeded);
}

class RealDeadline implements Deadline {
  #remaining: number;
  readonly #interval: number;
  readonly #onExceeded: () => void;
  #timer: NodeJS.Timeout | undefined;
  /** Takes the time since the last check off what remains. */
  #count = () => {};
  #isOver = false;

  constructor(milliseconds: number, onExceeded: () => void) {
    this.#remaining = milliseconds;
    this.#interval = Math.min(Math.max(milliseconds / checks, minInterval), maxInterval);
    this.#onExceeded = onExceeded;
    this.#wait();
  }

  cancel(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  async sleep(clock: Clock, milliseconds: number, signal?: AbortSignal): Promise<void> {
    clearTimeout(this.#timer);
    this.#count();
    const longest = Math.min(milliseconds, Math.ceil(this.#remaining));
    const startedAt = clock.steady();
    try {
      await clock.sleep(longest, signal);
    } finally {
      this.#remaining -= Math.min(longest, clock.steady() - startedAt);
      this.#check();
    }
    if (longest < milliseconds) throw new Error('The deadline comes before the end of this sleep.');
  }

  #wait(): void {
    const due = Math.min(this.#remaining, this.#interval);
    const startedAt = performance.now();
    const used = recentUsage();
    this.#count = () => {
      const passed = performance.now() - startedAt;
      this.#remaining -= passed > 2 * due + maxDelay ? awakeTime(passed, due, used) : passed;
    };
    this.#timer = setTimeout(() => {
      this.#count();
      this.#check();
    }, due).unref();
  }

  #check(): void {
    if (this.#isOver) return;
    this.#isOver = this.#remaining < 1;
    if (this.#isOver) this.#onExceeded();
    else this.#wait();
  }
}

/** Reading the usage costs more than the rest of a deadline, so deadlines that start together share one reading. */
const maxAge = 25;
let reading = { at: Number.NEGATIVE_INFINITY, usage: { user: 0, system: 0 } };

function recentUsage(): NodeJS.CpuUsage {
  const at = performance.now();
  if (at - reading.at > maxAge) reading = { at, usage: process.cpuUsage() };
  return reading.usage;
}

/**
 * How much of an interval that ran late counts: the CPU time this process used. If it used almost none, it
 * was paused, and nobody can say since when. Then half of the due time counts, so that a main thread that is
 * always late cannot put off a deadline forever.
 */
function awakeTime(passed: number, due: number, used: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(used);
  return Math.min(passed, Math.max(due / 2, (user + system) / 1_000));
}
