import { AsyncLocalStorage } from 'node:async_hooks';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, type Timestamp, timestamp } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import { identityText, ownIdentity } from '../base/process-identity.ts';
import { isShortage } from '../base/shortage.ts';
import type { Job, NewJob } from '../store/jobs.ts';
import type { Store } from '../store/store.ts';
import { Leases } from './leases.ts';
import type { JobWorker, Queue } from './queue.ts';
import { queueClosing, YieldedJobs } from './yielded-jobs.ts';

/** Options of a queue. Times are in milliseconds. */
export interface SqliteQueueOptions {
  name: string;
  /** How many jobs run in parallel. */
  concurrency: number;
  /** How long running jobs may continue when the queue closes. */
  grace: number;
  /** Whether the process may end although the queue is open. */
  isUnreferenced?: boolean | undefined;
  /** Called with every failure; `job` is missing if the table itself could not be used. */
  onFailure: (error: unknown, job?: Job) => void;
}

/** How often the table is checked for work that other processes added or left behind. */
const pollInterval = 500;
const maxAttempts = 5;
/** The most jobs that wait for other work at once. Jobs of other keys then wait, too. */
const maxYielded = 1_000;

/** A queue in a table of the database. */
export class SqliteQueue implements Queue {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #options: SqliteQueueOptions;
  readonly #leases: Leases;
  /** The jobs that run here, by number: their key and their end. */
  readonly #running = new Map<number, { key: string; end: Promise<void> }>();
  readonly #yielded = new YieldedJobs(() => this.#isFull());
  readonly #interrupt = new AbortController();
  readonly #waiters = new Set<() => void>();
  #worker: JobWorker | undefined;
  #timer: NodeJS.Timeout | undefined;
  #claiming: Promise<void> | undefined;
  #claimAgain = false;
  /** The most jobs that are being claimed. They count as running. */
  #beingClaimed = 0;
  /** Every second claim, so that new jobs hardly wait for others, and never keep others from their turn. */
  #newFirst = false;
  #leasesDue = false;
  #lastMillisecond = 0;
  #microseconds = 0;
  #closing = false;
  /** Jobs do not belong to the request that wakes the queue. */
  readonly #outside = AsyncLocalStorage.snapshot();

  constructor(store: Store, clock: Clock, options: SqliteQueueOptions) {
    this.#store = store;
    this.#clock = clock;
    this.#options = options;
    const owner = `${identityText(ownIdentity())} ${newId()}`;
    this.#leases = new Leases({ store, clock: clock.real, queue: options.name, owner });
    clock.onChange(() => this.#onClockChange());
    // Every running job listens to it, and Node would warn of more than ten.
    setMaxListeners(0, this.#interrupt.signal);
  }

  enqueue(transaction: Store, job: Omit<NewJob, 'queue'>): Promise<number> {
    return transaction.jobs.insert({ ...job, queue: this.#options.name }, this.#now());
  }

  enqueueOnce(transaction: Store, job: Omit<NewJob, 'queue'>): Promise<number> {
    return transaction.jobs.insertOnce({ ...job, queue: this.#options.name }, this.#now());
  }

  start(worker: JobWorker): void {
    this.#worker = worker;
    this.#poll();
  }

  wake(): void {
    if (this.#worker === undefined || this.#closing) return;
    this.#claimAgain = true;
    this.#claiming ??= this.#outside(() => this.#claimWhileAsked()).finally(() => {
      this.#claiming = undefined;
      if (this.#claimAgain) this.wake();
      else if (this.#clock.isFrozen) this.#notifyWaiters();
    });
  }

  idle(keys?: readonly string[]): Promise<void> {
    const isRunning = () =>
      [...this.#running.values()].some(({ key }) => keys === undefined || keys.includes(key));
    const isPending = async () => (await this.#store.jobs.pending(this.#options.name, keys)) || isRunning();
    return this.#waitWhile(async () => (await isPending()) && !(await this.#isHeldByClock()));
  }

  async nextDue(): Promise<number | undefined> {
    const now = this.#now();
    const next = await this.#store.jobs.nextDelayed(this.#options.name, now);
    return next === undefined ? undefined : Math.max(1, Date.parse(next) - Date.parse(now));
  }

  settled(job: number): Promise<void> {
    return this.#waitWhile(async () => (await this.#store.jobs.isPending(job)) || this.#running.has(job));
  }

  async close(): Promise<void> {
    this.#closing = true;
    clearTimeout(this.#timer);
    this.#yielded.close();
    await this.#claiming;
    const limit = setTimeout(
      () => this.#interrupt.abort(new Error('The process ends.')),
      // What sleeps would not end.
      this.#clock.isFrozen ? 0 : this.#options.grace,
    );
    await Promise.all([...this.#running.values()].map(({ end }) => end));
    clearTimeout(limit);
    this.#notifyWaiters();
  }

  /** A delayed job may be due, and who waits for a quiet moment has to look again. */
  #onClockChange(): void {
    this.wake();
    this.#notifyWaiters();
  }

  /** Whether the clock stands still, and every job that is left waits for it to move. */
  async #isHeldByClock(): Promise<boolean> {
    const isHeld = () =>
      this.#clock.isFrozen && this.#running.size <= this.#clock.sleeping && this.#claiming === undefined;
    // Other processes, which may work on the queue instead of this one, have clocks of their own.
    if (this.#worker === undefined || !isHeld()) return false;
    return !(await this.#store.jobs.isAnyReady(this.#options.name, this.#now())) && isHeld();
  }

  /** Jobs that are stored as done may still run here: they tell others of it. */
  async #waitWhile(isPending: () => Promise<boolean>): Promise<void> {
    while (!this.#closing) {
      // Subscribe before checking, so that a job that ends in between is not missed.
      const change = new Promise<void>((resolve) => this.#waiters.add(resolve));
      if (!(await isPending())) return;
      // A working queue reports every change. One that only adds jobs has to check what others did.
      await (this.#worker === undefined ? Promise.race([change, sleep(pollInterval)]) : change);
    }
  }

  #poll(): void {
    this.#timer = setTimeout(() => this.#poll(), pollInterval);
    if (this.#options.isUnreferenced) this.#timer.unref();
    this.#leasesDue = true;
    this.wake();
    this.#notifyWaiters();
  }

  /** Leases and claims take turns, because a job that is being claimed is briefly in no list. */
  async #claimWhileAsked(): Promise<void> {
    while (this.#claimAgain) {
      this.#claimAgain = false;
      if (this.#leasesDue) await this.#guarded(() => this.#renewLeases());
      await this.#guarded(() => this.#claimAll());
    }
  }

  async #claimAll(): Promise<void> {
    while (!this.#isFull() && !this.#closing) {
      const jobs = await this.#claim(Math.min(this.#room, maxYielded - this.#yielded.size));
      // While jobs were claimed, the queue counted as full.
      if (!this.#isFull()) this.#yielded.resumeNext();
      if (jobs.length === 0) return;
      if (this.#closing) return this.#giveBack(jobs);
      for (const job of jobs) this.#running.set(job.sequence, { key: job.key, end: this.#run(job) });
    }
  }

  /** Claims jobs together, since each commit takes time in which others have to wait. */
  async #claim(most: number): Promise<Job[]> {
    const { name: queue } = this.#options;
    if (most <= 0 || !(await this.#store.jobs.isAnyReady(queue, this.#now()))) return [];
    this.#beingClaimed = most;
    try {
      // Claims that are lost with the power are made again.
      return await this.#store.unsynced.transaction(async ({ jobs }) => {
        const claimed: Job[] = [];
        while (claimed.length < most) {
          const job = await jobs.claim({ queue, newFirst: this.#newFirst }, this.#leases.own(), this.#now());
          if (job === undefined) break;
          claimed.push(job);
          this.#newFirst = !this.#newFirst;
        }
        return claimed;
      });
    } finally {
      this.#beingClaimed = 0;
    }
  }

  /** Lets others run jobs that were claimed while the queue began to close. */
  async #giveBack(jobs: readonly Job[]): Promise<void> {
    await this.#store.transaction(async (transaction) => {
      for (const job of jobs) await transaction.jobs.giveBack(job);
    });
  }

  /** How many jobs more may run now. */
  get #room(): number {
    return this.#options.concurrency - (this.#running.size + this.#beingClaimed - this.#yielded.size);
  }

  #isFull(): boolean {
    return this.#room <= 0;
  }

  #yieldSlot(until: Promise<unknown>): Promise<void> {
    const resumed = this.#yielded.wait(until);
    this.wake();
    return resumed;
  }

  async #run(job: Job): Promise<void> {
    await this.#guarded(() => this.#attempt(job));
    this.#running.delete(job.sequence);
    this.#yielded.resumeNext();
    this.#notifyWaiters();
    this.wake();
  }

  async #attempt(job: Job): Promise<void> {
    let isCompleted = false;
    const complete = async ({ jobs }: Store) => {
      await jobs.complete(job, this.#now());
      isCompleted = true;
    };
    const control = { yieldSlot: (until: Promise<unknown>) => this.#yieldSlot(until), complete };
    try {
      await this.#worker?.(job, this.#interrupt.signal, control);
    } catch (error) {
      return this.#handleFailure(job, error);
    }
    // A job that is done twice does nothing the second time.
    if (!isCompleted) await this.#store.unsynced.transaction(complete);
  }

  async #handleFailure(job: Job, error: unknown): Promise<void> {
    if (this.#interrupt.signal.aborted || error === queueClosing) return this.#store.jobs.giveBack(job);
    this.#options.onFailure(error, job);
    // A full disk, a locked table or too few descriptors are not the job's fault. It runs once they are
    // fixed.
    const attempts = isShortage(error) ? Math.min(job.attempts, maxAttempts - 1) : job.attempts;
    const runAt = timestamp(this.#clock.milliseconds() + 100 * 2 ** attempts);
    await this.#store.transaction((store) =>
      attempts < maxAttempts
        ? store.jobs.retry({ ...job, attempts }, runAt, messageOf(error), this.#now())
        : store.jobs.fail(job, messageOf(error), this.#now()),
    );
  }

  /** A locked or full table may work at the next poll, and its jobs are safe: report the error and continue. */
  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.onFailure(error);
    }
  }

  async #renewLeases(): Promise<void> {
    this.#leasesDue = false;
    await this.#leases.renew([...this.#running.keys()]);
  }

  /** The current moment, later than the one before also within a millisecond: jobs have their turns by it. */
  #now(): Timestamp {
    const now = this.#clock.milliseconds();
    this.#microseconds = now === this.#lastMillisecond ? Math.min(this.#microseconds + 1, 999) : 0;
    this.#lastMillisecond = now;
    return timestamp(now, this.#microseconds);
  }

  #notifyWaiters(): void {
    for (const notify of this.#waiters) notify();
    this.#waiters.clear();
  }
}
