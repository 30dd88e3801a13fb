import { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import type { App } from '../app.ts';
import type { ClockState } from '../domain/clock-state.ts';

/** The part of a daemon's status that windows show all the time. */
export interface LiveStatus {
  botsEnabled: boolean;
  /** Null where the clock cannot be moved. */
  clock: ClockState | null;
  queue: { waiting: number; running: number; failed: number };
  /** Changes whenever the known handlers do, or the problems of their files. */
  handlersRevision: number;
  /** The handlers that have run for a while. */
  runs: Array<{ id: string; threadId: string; handler: string; seconds: number; endsAtSecond: number }>;
}

type Listener = (status: LiveStatus) => void;

type WatchedApp = Pick<App, 'catalogue' | 'clock' | 'config' | 'events' | 'running' | 'settings' | 'store'>;

/** Milliseconds for which changes are collected: a message that is answered at once is not worth a word. */
const settleTime = 500;
/** Milliseconds between two looks while bots work. */
const workingInterval = 1_000;
/** Milliseconds after which a handler is told to run. */
const longRun = 2_000;
/** Milliseconds after which the status is read again although nothing was heard of other processes. */
const quietInterval = 30_000;

/**
 * Tells those who listen what the status of a daemon is, and again whenever it has changed. It looks after events, and
 * while the queue has work; without listeners it does nothing.
 */
export class StatusWatch {
  readonly #app: WatchedApp;
  readonly #clock: () => ClockState | null;
  readonly #onError: (error: unknown) => void;
  readonly #listeners = new Set<Listener>();
  readonly #stop: () => void;
  #last: LiveStatus | undefined;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #isReading = false;
  #isClosed = false;

  /** @param clock returns what the clock shows; null where it cannot be moved */
  constructor(app: WatchedApp, clock: () => ClockState | null, onError: (error: unknown) => void) {
    this.#app = app;
    this.#clock = clock;
    this.#onError = onError;
    this.#stop = app.events.onAny(() => this.#lookWithin(settleTime));
    app.clock.onChange(() => this.#lookWithin(settleTime));
    void this.#followLoading();
  }

  /** Calls a function with the status now, and whenever it has changed. Returns a function that ends this. */
  on(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#last && this.#listeners.size > 1) listener(this.#last);
    this.#lookWithin(0);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#rest();
    };
  }

  /** The status now and whenever it has changed, as lines of JSON. */
  lines(): Readable {
    const lines = new Readable({ read() {} });
    const stop = this.on((status) => lines.push(`${JSON.stringify(status)}\n`));
    return lines.on('close', stop);
  }

  close(): void {
    this.#isClosed = true;
    this.#stop();
    this.#rest();
  }

  /** Handlers that are loaded behind are no event. */
  async #followLoading(): Promise<void> {
    const { catalogue } = this.#app;
    // The wait ends with the daemon.
    await catalogue.whenLoaded().catch(() => {});
    this.#lookWithin(settleTime);
  }

  /** What was last told may be old when somebody listens again. */
  #rest(): void {
    clearTimeout(this.#timer);
    this.#dueAt = Number.POSITIVE_INFINITY;
    this.#last = undefined;
  }

  #lookWithin(milliseconds: number): void {
    const due = performance.now() + milliseconds;
    if (this.#isClosed || this.#listeners.size === 0 || due >= this.#dueAt) return;
    clearTimeout(this.#timer);
    this.#dueAt = due;
    this.#timer = setTimeout(() => void this.#look().catch(this.#onError), milliseconds).unref();
  }

  async #look(): Promise<void> {
    this.#dueAt = Number.POSITIVE_INFINITY;
    // What happens during a reading is part of the next one.
    if (this.#isReading) return this.#lookWithin(settleTime);
    this.#isReading = true;
    try {
      const status = await this.#read();
      if (this.#listeners.size === 0) return;
      const isNew = !isDeepStrictEqual(factsOf(status), this.#last && factsOf(this.#last));
      this.#last = status;
      if (isNew) for (const listener of this.#listeners) listener(status);
    } finally {
      this.#isReading = false;
      const { waiting, running } = this.#last?.queue ?? { waiting: 1, running: 0 };
      this.#lookWithin(waiting + running > 0 ? workingInterval : quietInterval);
    }
  }

  async #read(): Promise<LiveStatus> {
    const { catalogue, config, running, settings, store } = this.#app;
    const { waiting, ready, failed, ...jobs } = await store.jobs.counts(config.bots.subscriber.channel);
    return {
      botsEnabled: settings().botsEnabled,
      clock: this.#clock(),
      queue: { waiting: waiting + ready, running: jobs.running, failed },
      handlersRevision: catalogue.revision,
      runs: running
        .list()
        .filter(({ elapsed }) => elapsed >= longRun)
        .map(({ id, threadId, handler, elapsed, timeout }) => ({
          ...{ id, threadId, handler },
          seconds: Math.floor(elapsed / 1_000),
          endsAtSecond: Math.ceil(timeout / 1_000),
        })),
    };
  }
}

/** Without what passes by itself. */
function factsOf({ clock, ...others }: LiveStatus): object {
  return { ...others, clock: clock && { ...clock, time: clock.frozen ? clock.time : null } };
}
