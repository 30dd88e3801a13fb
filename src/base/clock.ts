/** A moment in UTC with microseconds, as the HTTP contract writes it: `2022-04-26T00:13:42.000000Z`. */
export type Timestamp = string;

/**
 * The one source of time for cooldowns, leases, retries and the pauses of handlers. The system's clock may be
 * set forward or back. So whatever lasts only as long as the process is measured with {@link Clock.steady}.
 * Stored periods have a start and an end, and count as over when their start lies in the future.
 *
 * A simulation may freeze or move this clock. What must not follow it, such as leases and open sockets, uses
 * {@link Clock.real}.
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
  /**
   * Resolves once {@link milliseconds} has reached a moment, also when the system's clock is set to it; rejects with
   * the signal's reason when it aborts.
   */
  until(moment: number, signal?: AbortSignal): Promise<void>;
  /** Whether it stands still, so that only moving it wakes those who sleep. */
  readonly isFrozen: boolean;
  /** How many are in {@link sleep} now. */
  readonly sleeping: number;
  /**
   * Calls a function when the clock was moved or frozen or runs again, and when somebody goes to sleep while it stands
   * still.
   */
  onChange(listener: () => void): void;
  /** The same time, neither moved nor frozen. */
  readonly real: Clock;
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

/** How long a timer may run until the time is checked again, because the system's clock may have been set. */
const checkInterval = 30_000;

/** setTimeout takes at most 2^31-1 ms, so a longer sleep is armed again. */
const longestTimer = 2 ** 31 - 1;

interface Sleeper {
  /** The milliseconds that are left. */
  left: () => number;
  longestTimer: number;
  wake: () => void;
  timer: NodeJS.Timeout | undefined;
}

/**
 * The system's time, which can be moved forward and frozen. Sleepers that are then due wake at once. While it is
 * frozen, no timer runs.
 *
 * @example const clock = new MovableClock(); clock.freeze(); clock.advance(60_000)
 */
export class MovableClock implements Clock {
  readonly #sleepers = new Set<Sleeper>();
  /** Those who wait for a moment and not for a time to pass. */
  readonly #alarms = new Set<Sleeper>();
  readonly #listeners = new Set<() => void>();
  readonly #base: (() => number) | undefined;
  readonly #milliseconds: Hand;
  readonly #steady: Hand;
  /** The last moment returned, in microseconds since 1970. */
  #last = 0;
  #moved = 0;
  #real: MovableClock | undefined;

  /** @param base the current time in milliseconds since 1970; defaults to the system's */
  constructor(base?: () => number) {
    this.#base = base;
    this.#milliseconds = new Hand(base ?? (() => Date.now()));
    this.#steady = new Hand(base ? monotonic(base) : () => Math.floor(performance.now()));
  }

  /** Nothing but a test of what follows it moves it. */
  get real(): MovableClock {
    this.#real ??= new MovableClock(this.#base);
    return this.#real;
  }

  get isFrozen(): boolean {
    return this.#steady.isFrozen;
  }

  get sleeping(): number {
    return this.#sleepers.size;
  }

  /** How far it was moved forward in all, in milliseconds. */
  get moved(): number {
    return this.#moved;
  }

  milliseconds(): number {
    return this.#milliseconds.read();
  }

  steady(): number {
    return this.#steady.read();
  }

  now(): Timestamp {
    this.#last = Math.max(this.#last + 1, this.milliseconds() * 1000);
    return timestamp(Math.floor(this.#last / 1000), this.#last % 1000);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const until = this.steady() + milliseconds;
    const sleeping = this.#wait(this.#sleepers, { left: () => until - this.steady(), longestTimer }, signal);
    // Whoever waits for a quiet moment looks again. While the clock runs, sleeping changes nothing.
    if (this.isFrozen) this.#changed();
    return sleeping;
  }

  until(moment: number, signal?: AbortSignal): Promise<void> {
    const alarm = { left: () => moment - this.milliseconds(), longestTimer: checkInterval };
    return this.#wait(this.#alarms, alarm, signal);
  }

  /** Milliseconds until the first of those in {@link sleep} wakes; undefined if nobody is. */
  nextWake(): number | undefined {
    const left = [...this.#sleepers].map((sleeper) => sleeper.left());
    return left.length === 0 ? undefined : Math.max(0, Math.min(...left));
  }

  /**
   * Moves the time forward, whether it is frozen or not.
   *
   * @throws RangeError for a negative number: the time never goes back
   */
  advance(milliseconds: number): void {
    if (!(milliseconds >= 0)) throw new RangeError('The clock only goes forward.');
    this.#moved += milliseconds;
    this.#milliseconds.offset += milliseconds;
    this.#steady.offset += milliseconds;
    this.#rearm();
  }

  /** Stops the time. Sleepers wake only when it is moved or runs again. */
  freeze(): void {
    this.#milliseconds.freeze();
    this.#steady.freeze();
    this.#rearm();
  }

  /** Lets a frozen clock run again, from the time that it shows. */
  resume(): void {
    this.#milliseconds.resume();
    this.#steady.resume();
    this.#rearm();
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  #wait(
    waiting: Set<Sleeper>,
    options: Pick<Sleeper, 'left' | 'longestTimer'>,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const end = (settle: () => void) => {
        clearTimeout(sleeper.timer);
        waiting.delete(sleeper);
        signal?.removeEventListener('abort', abort);
        settle();
      };
      const abort = () => end(() => reject(signal?.reason));
      const sleeper: Sleeper = { ...options, wake: () => end(resolve), timer: undefined };
      signal?.addEventListener('abort', abort);
      waiting.add(sleeper);
      this.#arm(sleeper);
    });
  }

  #rearm(): void {
    for (const sleeper of [...this.#sleepers, ...this.#alarms]) this.#arm(sleeper);
    this.#changed();
  }

  #arm(sleeper: Sleeper): void {
    clearTimeout(sleeper.timer);
    const left = sleeper.left();
    if (left <= 0) sleeper.wake();
    else if (!this.isFrozen)
      sleeper.timer = setTimeout(() => this.#arm(sleeper), Math.min(left, sleeper.longestTimer));
  }
}

/** A time that can be stopped and moved. */
class Hand {
  offset = 0;
  readonly #base: () => number;
  #frozenAt: number | undefined;

  constructor(base: () => number) {
    this.#base = base;
  }

  get isFrozen(): boolean {
    return this.#frozenAt !== undefined;
  }

  read(): number {
    return (this.#frozenAt ?? this.#base()) + this.offset;
  }

  freeze(): void {
    this.#frozenAt ??= this.#base();
  }

  /** Goes on from the time at which it was stopped. */
  resume(): void {
    if (this.#frozenAt === undefined) return;
    this.offset += this.#frozenAt - this.#base();
    this.#frozenAt = undefined;
  }
}
