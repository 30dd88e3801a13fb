import type { JobWorker } from '../../src/queue/queue.ts';
import type { Job } from '../../src/store/jobs.ts';
import { withResolvers } from './with-resolvers.ts';

/** A job that goes on until the test lets it end. */
export interface Held {
  started: Promise<Job>;
  finish(): void;
  fail(problem: string): void;
}

interface Hold extends Held {
  begin(job: Job): void;
  end: Promise<void>;
}

interface Listener {
  line: string;
  times: number;
  tell: () => void;
}

/**
 * Does jobs as a test wants them done, and writes down what happens: `a1 starts`, `a1 ends`, `a1 fails`, `a1 stops`.
 * A job has the name of its kind.
 */
export class JobRecorder {
  readonly log: string[] = [];
  /** Every job that was started, as often as it was. */
  readonly jobs: Job[] = [];
  /** The most jobs that ever ran at once. */
  most = 0;
  #running = 0;
  readonly #held = new Map<string, Hold>();
  readonly #failures = new Map<string, number>();
  readonly #listeners = new Set<Listener>();

  readonly worker: JobWorker = async (job, signal) => {
    this.#running++;
    this.most = Math.max(this.most, this.#running);
    this.jobs.push(job);
    this.say(`${job.kind} starts`);
    try {
      await this.#work(job, signal);
      this.say(`${job.kind} ends`);
    } catch (error) {
      this.say(`${job.kind} ${signal.aborted ? 'stops' : 'fails'}`);
      throw error;
    } finally {
      this.#running--;
    }
  };

  /** Holds the job of this name at its next start. */
  hold(kind: string): Held {
    const { promise: started, resolve: begin } = withResolvers<Job>();
    const { promise: end, resolve: finish, reject } = withResolvers<void>();
    const held = { started, begin, end, finish, fail: (problem: string) => reject(new Error(problem)) };
    this.#held.set(kind, held);
    return held;
  }

  /** Lets the job of this name fail as often. */
  failing(kind: string, times: number): void {
    this.#failures.set(kind, times);
  }

  /** Writes a line of the test's own. */
  say(line: string): void {
    this.log.push(line);
    for (const listener of this.#listeners) this.#hear(listener);
  }

  /** Resolves when a line is written for the n-th time. */
  said(line: string, times = 1): Promise<void> {
    return new Promise((tell) => {
      const listener = { line, times, tell };
      this.#listeners.add(listener);
      this.#hear(listener);
    });
  }

  #hear(listener: Listener): void {
    if (this.log.filter((line) => line === listener.line).length < listener.times) return;
    this.#listeners.delete(listener);
    listener.tell();
  }

  async #work(job: Job, signal: AbortSignal): Promise<void> {
    const left = this.#failures.get(job.kind) ?? 0;
    this.#failures.set(job.kind, left - 1);
    if (left > 0) throw new Error(`${job.kind} is broken`);
    const held = this.#held.get(job.kind);
    this.#held.delete(job.kind);
    if (held === undefined) return;
    held.begin(job);
    await Promise.race([held.end, aborted(signal)]);
  }
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason));
  });
