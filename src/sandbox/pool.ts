import { AsyncLocalStorage } from 'node:async_hooks';
import { SandboxWorker, type WorkerOptions } from './worker.ts';

export interface PoolOptions extends WorkerOptions {
  /** At most so many workers. */
  threads: number;
}

/** Somebody who waits for a worker. */
interface Waiter {
  give: (worker: SandboxWorker) => void;
  refuse: (error: Error) => void;
}

/** A worker that waits for work this long while another one waits too is ended. */
const idleLimit = 10_000;

/** So many workers may be left to the timers of their last run, beside all others. */
const mostLingering = 4;

/**
 * The workers of a sandbox. One is started when all others are busy, a spare one is kept warm beside a running
 * handler, and one that was spoiled is replaced.
 *
 * Code is loaded once in the life of a worker. So each belongs to the generation of files in which it was first
 * used; one that has loaded nothing yet is blank and belongs to none.
 */
export class WorkerPool {
  #options: PoolOptions;
  readonly #workers = new Set<SandboxWorker>();
  readonly #idle: SandboxWorker[] = [];
  readonly #idleTimers = new WeakMap<SandboxWorker, NodeJS.Timeout>();
  readonly #waiting: Waiter[] = [];
  #lingering: SandboxWorker[] = [];
  readonly #generations = new WeakMap<SandboxWorker, number>();
  #generation = 0;
  /** The oldest generation whose workers are used on. */
  #oldest = 0;
  #closed = false;
  /** A worker outlives the request for which it is started. */
  readonly #outside = AsyncLocalStorage.snapshot();

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** A worker that does nothing else now. It is to be given back. */
  async take(): Promise<SandboxWorker> {
    if (this.#closed) throw closed();
    for (let worker = this.#idle.pop(); worker; worker = this.#idle.pop()) {
      clearTimeout(this.#idleTimers.get(worker));
      if (worker.usable) return this.#use(worker);
      this.#workers.delete(worker);
    }
    if (this.#workers.size < this.#options.threads) return this.#use(this.#start());
    return new Promise((give, refuse) => this.#waiting.push({ give, refuse }));
  }

  /** A worker that has loaded nothing, at once, be there one more than allowed. It is to be given back. */
  takeBlank(): SandboxWorker {
    if (this.#closed) throw closed();
    const blank = this.#idle.findIndex((worker) => worker.usable && this.#isBlank(worker));
    const [worker = this.#start()] = blank < 0 ? [] : this.#idle.splice(blank, 1);
    clearTimeout(this.#idleTimers.get(worker));
    return this.#use(worker);
  }

  giveBack(worker: SandboxWorker): void {
    if (worker.usable && this.#isOld(worker)) void worker.end();
    if (!worker.usable) this.#workers.delete(worker);
    if (worker.lingers) this.#linger(worker);
    const next = this.#waiting.shift();
    if (next) next.give(this.#use(worker.usable ? worker : this.#start()));
    else if (worker.usable) this.#rest(worker);
  }

  /** Sees to it that the next one who needs a worker has not to wait for its start. */
  keepSpare(): void {
    if (this.#idle.length === 0 && this.#workers.size < this.#options.threads) this.#rest(this.#start());
  }

  /** Sees to it that a worker waits which has loaded nothing. */
  keepBlank(): void {
    if (!this.#closed && !this.#idle.some((worker) => this.#isBlank(worker))) this.#rest(this.#start(), true);
  }

  /** From here on, what a blank worker loads are the files of a new generation. */
  beginGeneration(): void {
    this.#generation++;
  }

  /** Uses the workers of former generations no more. What they still do, they finish. */
  endFormerGenerations(): void {
    this.#oldest = this.#generation;
    for (const worker of [...this.#idle].filter((idle) => this.#isOld(idle))) this.#endIdle(worker);
  }

  /** Changes the options of the workers that are started from now on, and uses no others. */
  renew(options: Partial<PoolOptions>): void {
    this.#options = { ...this.#options, ...options };
    this.#oldest = ++this.#generation;
    for (const worker of [...this.#idle]) this.#endIdle(worker);
  }

  /** Ends all workers. What waits for one is refused. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const waiter of this.#waiting.splice(0)) waiter.refuse(closed());
    await Promise.all([...this.#workers, ...this.#lingering.splice(0)].map((worker) => worker.endSoon()));
  }

  /** It counts as none of the workers, so only a few may be left to their timers. */
  #linger(worker: SandboxWorker): void {
    this.#lingering = [...this.#lingering.filter(({ lingers }) => lingers), worker];
    if (this.#lingering.length > mostLingering) void this.#lingering.shift()?.end();
  }

  #start(): SandboxWorker {
    const worker = this.#outside(() => new SandboxWorker(this.#options));
    this.#workers.add(worker);
    return worker;
  }

  #use(worker: SandboxWorker): SandboxWorker {
    if (this.#isBlank(worker)) this.#generations.set(worker, this.#generation);
    return worker;
  }

  #isBlank(worker: SandboxWorker): boolean {
    return !this.#generations.has(worker);
  }

  #isOld(worker: SandboxWorker): boolean {
    return (this.#generations.get(worker) ?? this.#oldest) < this.#oldest;
  }

  /** @param last behind all others that wait */
  #rest(worker: SandboxWorker, last = false): void {
    if (last) this.#idle.unshift(worker);
    else this.#idle.push(worker);
    this.#watchIdle(worker);
  }

  #watchIdle(worker: SandboxWorker): void {
    const look = () => (this.#isSurplus(worker) ? this.#endIdle(worker) : this.#watchIdle(worker));
    this.#idleTimers.set(worker, setTimeout(look, idleLimit).unref());
  }

  /** Of those that wait a blank one is kept: it serves a message as well as a file that was saved. */
  #isSurplus(worker: SandboxWorker): boolean {
    const others = this.#idle.filter((idle) => idle !== worker);
    return this.#isBlank(worker) ? others.some((other) => this.#isBlank(other)) : others.length > 0;
  }

  #endIdle(worker: SandboxWorker): void {
    clearTimeout(this.#idleTimers.get(worker));
    this.#idle.splice(this.#idle.indexOf(worker), 1);
    this.#workers.delete(worker);
    void worker.end();
  }
}

const closed = (): Error => new Error('The sandbox is closed.');
