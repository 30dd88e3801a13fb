import { AsyncLocalStorage } from 'node:async_hooks';
import { Hosts } from './hosts.ts';
import type { GivenModules } from './loader.ts';
import { insideSpawner } from './spawn-inside.ts';
import { spawnProcess } from './spawn-process.ts';
import type { SpawnWorker } from './transport.ts';
import { SandboxWorker, type WorkerOptions } from './worker.ts';
import { asAuthored } from './working-copies.ts';

/**
 * Where authors' code runs: in threads of a process next to the daemon, each file in a process of its own, or inside
 * this process.
 */
type Isolation = 'thread' | 'process' | 'none';

export interface PoolOptions extends WorkerOptions {
  isolation?: Isolation;
  /** How many workers may be busy at once. */
  threads: number;
  /** Those that were started before. Closed with the pool. */
  hosts?: Hosts | undefined;
  /** Modules that are loaded instead of files, without isolation. */
  given?: GivenModules | undefined;
}

/** A caller waiting for a worker. */
interface Waiter {
  file: string;
  resolve: (worker: SandboxWorker) => void;
  reject: (error: Error) => void;
}

/** Milliseconds after which an idle worker is ended, with what its file has kept in memory. */
const idleLimit = 60_000;

/** The same for a worker whose file has another idle one: many runs at once leave many behind, of 18 MB each. */
const surplusLimit = 10_000;

/** Milliseconds from a run to the start of a spare worker, which would otherwise slow down that run. */
const spareDelay = 100;

/** How many workers stay idle for the next run of their files. The longest idle one is ended for another. */
const maxIdle = 32;

/** How many workers may linger for the timers of their last run, in addition to all others. */
const maxLingering = 4;

/**
 * The workers of a sandbox. Each loads only one file in its life, so that files cannot affect each other. A
 * file has as many workers as concurrent runs. Those that have finished wait for its next run. A spare worker
 * without a file waits for the next file that has none.
 */
export class WorkerPool {
  #options: PoolOptions;
  readonly #hosts: Hosts;
  readonly #busy = new Set<SandboxWorker>();
  /** The idle workers, longest idle first. */
  #idle: SandboxWorker[] = [];
  #spare: SandboxWorker | undefined;
  #spareTimer: NodeJS.Timeout | undefined;
  readonly #idleTimers = new WeakMap<SandboxWorker, NodeJS.Timeout>();
  readonly #waiting: Waiter[] = [];
  #lingering: SandboxWorker[] = [];
  /** All workers that have not ended yet. */
  readonly #alive = new Set<SandboxWorker>();
  #started = 0;
  /** When each worker got its file. */
  readonly #assignedAt = new WeakMap<SandboxWorker, number>();
  #moment = 0;
  /** Workers whose options or file contents have changed since. */
  readonly #outdated = new WeakSet<SandboxWorker>();
  #closed = false;
  /** A worker outlives the request that started it. */
  readonly #outside = AsyncLocalStorage.snapshot();

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#hosts = options.hosts ?? new Hosts();
  }

  /** How many workers were started so far, and how many exist now. */
  get counts(): { started: number; alive: number } {
    return { started: this.#started, alive: this.#alive.size };
  }

  /** Returns an idle worker for a file. It must be released. */
  async acquire(file: string): Promise<SandboxWorker> {
    if (this.#closed) throw closed();
    if (this.#busy.size < this.#options.threads) return this.#markBusy(this.#findOrStart(file));
    return new Promise((resolve, reject) => this.#waiting.push({ file, resolve, reject }));
  }

  /** Returns a worker that has not loaded the file, at once, even over the limit. It must be released. */
  acquireFresh(file: string): SandboxWorker {
    if (this.#closed) throw closed();
    return this.#markBusy(this.#startFor(file));
  }

  /** Returns at once a worker with a process of its own. It must be released. */
  acquireAlone(file: string): SandboxWorker {
    if (this.#closed) throw closed();
    return this.#markBusy(this.#assignFile(file, this.#start(this.#spawnAlone)));
  }

  release(worker: SandboxWorker): void {
    this.#busy.delete(worker);
    if (worker.lingers) this.#linger(worker);
    else if (!worker.usable || this.#outdated.has(worker)) void worker.end();
    else this.#keepIdle(worker);
    if (this.#busy.size >= this.#options.threads) return;
    const next = this.#waiting.shift();
    if (next) next.resolve(this.#markBusy(this.#findOrStart(next.file)));
  }

  /** Keeps a spare worker started for the next file. */
  keepSpare(): void {
    clearTimeout(this.#spareTimer);
    this.#spareTimer = undefined;
    if (this.#closed || this.#spare?.usable) return;
    this.#spare = this.#start();
  }

  /** As {@link keepSpare}, a moment later. */
  keepSpareSoon(): void {
    this.#spareTimer ??= setTimeout(() => this.keepSpare(), spareDelay).unref();
  }

  /** A sequence number by which {@link outdate} recognizes older workers. */
  moment(): number {
    return ++this.#moment;
  }

  /** Retires the workers that got one of these files, or a copy, before a moment. They finish their work. */
  outdate(files: readonly string[], moment: number): void {
    const wanted = new Set(files);
    this.#outdate((worker) => {
      const isOlder = (this.#assignedAt.get(worker) ?? 0) < moment;
      return isOlder && wanted.has(asAuthored(worker.file ?? ''));
    });
  }

  /** Changes the options for new workers and retires all others. */
  renew(options: Partial<PoolOptions>): void {
    this.#options = { ...this.#options, ...options };
    this.#outdate(() => true);
    void this.#spare?.end();
    this.#spare = undefined;
  }

  /** Ends all workers. Rejects callers that wait for one. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const waiter of this.#waiting.splice(0)) waiter.reject(closed());
    await Promise.all(this.#lingering.map((worker) => worker.quiet()));
    for (const worker of this.#idle) clearTimeout(this.#idleTimers.get(worker));
    const ends = [...this.#alive].map((worker) => worker.end());
    await Promise.all([...ends, this.#hosts.close()]);
  }

  #outdate(isOutdated: (worker: SandboxWorker) => boolean): void {
    for (const worker of [...this.#busy, ...this.#idle].filter(isOutdated)) this.#outdated.add(worker);
    for (const worker of this.#idle.filter(isOutdated)) this.#endIdle(worker);
  }

  /** A worker that has the file loaded, or else one that can load it. */
  #findOrStart(file: string): SandboxWorker {
    this.#idle = this.#idle.filter((worker) => worker.usable);
    const known = this.#idle.findLast((worker) => worker.file === file);
    if (known === undefined) return this.#startFor(file);
    clearTimeout(this.#idleTimers.get(known));
    this.#idle.splice(this.#idle.indexOf(known), 1);
    return known;
  }

  #startFor(file: string): SandboxWorker {
    const spare = this.#spare;
    this.#spare = undefined;
    return this.#assignFile(file, spare?.usable ? spare : this.#start());
  }

  #start(spawn: SpawnWorker = this.#spawn): SandboxWorker {
    const worker = this.#outside(() => new SandboxWorker(this.#options, spawn));
    this.#started++;
    this.#alive.add(worker);
    worker.onGone = () => this.#alive.delete(worker);
    return worker;
  }

  #assignFile(file: string, worker: SandboxWorker): SandboxWorker {
    worker.file = file;
    this.#assignedAt.set(worker, this.#moment);
    return worker;
  }

  get #spawn(): SpawnWorker {
    return this.#spawnSeparate ?? this.#hosts.spawn;
  }

  get #spawnAlone(): SpawnWorker {
    return this.#spawnSeparate ?? this.#hosts.spawnAlone;
  }

  /** How a worker without a host is started. */
  get #spawnSeparate(): SpawnWorker | undefined {
    const { isolation = 'thread', given } = this.#options;
    if (isolation === 'none') return insideSpawner(given);
    return isolation === 'process' ? spawnProcess : undefined;
  }

  #markBusy(worker: SandboxWorker): SandboxWorker {
    this.#busy.add(worker);
    return worker;
  }

  /** Lingering workers do not count as workers, so their number is limited. */
  #linger(worker: SandboxWorker): void {
    this.#lingering = [...this.#lingering.filter(({ lingers }) => lingers), worker];
    if (this.#lingering.length > maxLingering) void this.#lingering.shift()?.end();
  }

  #keepIdle(worker: SandboxWorker): void {
    this.#endLater(worker, this.#idleOf(worker.file).length > 0 ? surplusLimit : idleLimit);
    this.#idle.push(worker);
    const [longest] = this.#idle;
    if (longest && this.#idle.length > maxIdle) this.#endIdle(longest);
  }

  #idleOf(file: string | undefined): SandboxWorker[] {
    return this.#idle.filter((worker) => worker.file === file);
  }

  #endLater(worker: SandboxWorker, limit: number): void {
    clearTimeout(this.#idleTimers.get(worker));
    this.#idleTimers.set(worker, setTimeout(() => this.#endIdle(worker), limit).unref());
  }

  #endIdle(worker: SandboxWorker): void {
    clearTimeout(this.#idleTimers.get(worker));
    this.#idle = this.#idle.filter((idle) => idle !== worker);
    void worker.end();
    const [left, ...others] = this.#idleOf(worker.file);
    // It may have been one of the surplus until now.
    if (left && others.length === 0) this.#endLater(left, idleLimit);
  }
}

const closed = (): Error => new Error('The sandbox is closed.');
