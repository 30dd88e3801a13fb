import type { Job, NewJob } from '../store/jobs.ts';
import type { Store } from '../store/store.ts';

/**
 * Lets a job wait for what others do. Meanwhile it counts as none of those that are done side by side, so it holds up
 * only those of its key; then it goes on in its turn. Rejects when the queue closes: the job will be done again.
 */
export type StepAside = (until: Promise<unknown>) => Promise<void>;

/**
 * Does a job. When the signal aborts, the process is about to end: stop and reject, the job will be done again.
 */
export type JobWorker = (job: Job, signal: AbortSignal, stepAside: StepAside) => Promise<void>;

/** Work that survives a crash: once {@link Queue.enqueue}'s transaction is stored, the job will be done. */
export interface Queue {
  /**
   * Adds a job inside the caller's transaction: it exists exactly if the transaction does.
   *
   * @returns its number, for {@link Queue.settled}
   */
  enqueue(transaction: Store, job: Omit<NewJob, 'queue'>): Promise<number>;

  /**
   * As {@link Queue.enqueue}, but where a job of its key has not begun that one is done, not later than this one would
   * be.
   */
  enqueueOnce(transaction: Store, job: Omit<NewJob, 'queue'>): Promise<number>;

  /** Looks for work at once. To be called after the transaction of {@link Queue.enqueue}. */
  wake(): void;

  /** Begins to do jobs: of one key one at a time and in order, of different keys side by side. */
  start(worker: JobWorker): void;

  /** Resolves once no job is left, neither here nor in another process. */
  idle(): Promise<void>;

  /** Resolves once a job is done or given up, here or in another process. */
  settled(job: number): Promise<void>;

  /** Takes nothing new, waits for what runs, interrupts it after a while; then nothing runs any more. */
  close(): Promise<void>;
}
