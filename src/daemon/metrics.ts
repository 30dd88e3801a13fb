import type { App } from '../app.ts';

/** Statistics of a handler since the daemon started. Times in milliseconds. */
interface HandlerTimes {
  handler: string;
  runs: number;
  failed: number;
  average: number;
  slowest: number;
}

/** Statistics of the daemon since it started. */
export interface Counted {
  handled: number;
  failed: number;
  /** Runs that ended in the last minute. */
  lastMinute: number;
  slowest: HandlerTimes[];
  reloads: number;
}

const minute = 60_000;
/** Number of handlers listed. */
const maxListed = 5;

/** Counts runs and reloads from their events. Its memory grows only with the number of handlers. */
export class Metrics {
  readonly #now: () => number;
  /** Finished runs by second, for the last minute. */
  readonly #seconds = new Map<number, number>();
  readonly #handlers = new Map<string, { runs: number; failed: number; total: number; slowest: number }>();

  #reloads = 0;

  /** @param now milliseconds since any fixed point in time */
  constructor(events: App['events'], now: () => number) {
    this.#now = now;
    events.on('BotActionHandled', ({ action, milliseconds }) =>
      this.#ran(action.handler, milliseconds, false),
    );
    events.on('HandlersReloaded', () => this.#reloads++);
    events.on('BotActionFailed', ({ action, milliseconds }) => this.#ran(action.handler, milliseconds, true));
  }

  counted(): Counted {
    const all = [...this.#handlers].map(([handler, { runs, failed, total, slowest }]) => ({
      handler,
      runs,
      failed,
      average: Math.round(total / runs),
      slowest,
    }));
    const failed = all.reduce((sum, handler) => sum + handler.failed, 0);
    this.#forget();
    return {
      handled: all.reduce((sum, handler) => sum + handler.runs, 0) - failed,
      failed,
      lastMinute: [...this.#seconds.values()].reduce((sum, count) => sum + count, 0),
      reloads: this.#reloads,
      slowest: all.sort((one, other) => other.average - one.average).slice(0, maxListed),
    };
  }

  #ran(handler: string, milliseconds: number, failed: boolean): void {
    const times = this.#handlers.get(handler) ?? { runs: 0, failed: 0, total: 0, slowest: 0 };
    times.runs++;
    if (failed) times.failed++;
    times.total += milliseconds;
    times.slowest = Math.max(times.slowest, milliseconds);
    this.#handlers.set(handler, times);
    const second = Math.floor(this.#now() / 1000);
    this.#seconds.set(second, (this.#seconds.get(second) ?? 0) + 1);
    if (this.#seconds.size > 120) this.#forget();
  }

  #forget(): void {
    const oldest = (this.#now() - minute) / 1000;
    for (const second of this.#seconds.keys()) if (second < oldest) this.#seconds.delete(second);
  }
}
