import type { Job, NewJob } from '../store/jobs.ts';
import type { Store } from '../store/store.ts';

/**
 * Lets a job wait for other work. Meanwhile it does not count towards the concurrency, so it holds up only
 * jobs with its key. It then continues in turn. Rejects when the queue closes; the job will run again.
 */
type YieldSlot = (until: Promise<unknown>) => Promise<void>;

/** What a job may do with its queue while it runs. */
export interface JobControl {
  yieldSlot: YieldSlot;
  /**
   * Ends the job in the transaction of its last write, so that both are stored at once. A job that does not call this
   * is ended when its worker resolves.
   */
  complete(transaction: Store): Promise<void>;
}

/**
 * Runs a job. When the signal aborts, the process is about to end: stop and reject. The job will run again.
 */
export type JobWorker = (job: Job, signal: AbortSignal, control: JobControl) => Promise<void>;

/**
 * Work that survives a crash: once the transaction of {@link Queue.enqueue} is committed, the job will run.
 */
export interface Queue {
  /**
   * Adds a job inside the caller's transaction. It exists exactly if the transaction does.
   *
   * @returns its number, for {@link Queue.settled}
   */
  enqueue(transaction: Store, job: Omit<NewJob, 'queue'>): Promise<number>;

  /**
   * Like {@link Queue.enqueue}, but if a job with its key has not started, that job is used and runs no later
   * than this one would.
   */
  enqueueOnce(transaction: Store, job: Omit<NewJob, 'queue'>): Promise<number>;

  /** Looks for work at once. Call it after the transaction of {@link Queue.enqueue}. */
  wake(): void;

  /** Starts to run jobs: one at a time and in order for each key, different keys in parallel. */
  start(worker: JobWorker): void;

  /**
   * Resolves once no job is left, neither here nor in another process; on a frozen clock, also once all that is left
   * waits for the clock to move.
   *
   * @param keys waits only for jobs with these keys
   */
  idle(keys?: readonly string[]): Promise<void>;

  /** Milliseconds until the first of the delayed jobs may run; undefined if there is none. */
  nextDue(): Promise<number | undefined>;

  /** Resolves once a job is done or given up, here or in another process. */
  settled(job: number): Promise<void>;

  /**
   * Takes no new jobs, waits for those that run, and interrupts them after a while. Nothing runs afterwards.
   */
  close(): Promise<void>;
}
