import path from 'node:path';
import type { AuthorizeContext } from '../authoring/bot-action-handler.ts';
import type { HandlerContextData } from '../authoring/handler-context.ts';
import type { TestedInstalls } from '../authoring/packaged-bot.ts';
import { failure, MessengerError, sentenceOf } from '../base/errors.ts';
import type {
  ClassSource,
  Description,
  HandlerDescription,
  Operation,
  Operations,
  PackageDescription,
} from './protocol.ts';
import { type RequestListener, type Task, WorkerThread, type WorkerThreadOptions } from './worker-thread.ts';

export interface SandboxOptions extends WorkerThreadOptions {
  /** At most so many threads. */
  threads: number;
  /** Milliseconds a handler may take. */
  timeout: number;
}

/** How a handler is run. */
export interface RunOptions {
  signal: AbortSignal;
  onRequest: RequestListener;
  /** Milliseconds; the sandbox's own when left out. */
  timeout?: number;
}

/** Somebody who waits for a thread. */
interface Waiter {
  give: (thread: WorkerThread) => void;
  refuse: (error: Error) => void;
}

/** A thread that waits for work this long while another one waits too is ended. */
const idleLimit = 10_000;

/**
 * Runs authors' code in worker threads, one operation at a time in each. Threads are started when all others
 * are busy, a spare one is kept warm beside a running handler, and a thread that was spoiled is replaced.
 */
export class Sandbox {
  readonly #options: SandboxOptions;
  readonly #threads = new Set<WorkerThread>();
  readonly #idle: WorkerThread[] = [];
  readonly #idleTimers = new WeakMap<WorkerThread, NodeJS.Timeout>();
  readonly #waiting: Waiter[] = [];
  #closed = false;

  constructor(options: SandboxOptions) {
    this.#options = options;
  }

  /** Describes the handlers and packaged bots in files. A file that hangs or ends its thread is a problem of its own. */
  async describe(files: readonly string[]): Promise<Description> {
    const whole: Description = { handlers: [], packages: [], problems: [] };
    for (const file of files) {
      const shown = path.isAbsolute(file) ? path.relative(this.#options.workspace, file) : file;
      try {
        const part = await this.#perform('describe', { files: [file] }, shown);
        whole.handlers.push(...part.handlers);
        whole.packages.push(...part.packages);
        whole.problems.push(...part.problems);
      } catch (error) {
        const ours = error instanceof MessengerError;
        const message = ours
          ? error.message
          : failure('HANDLER_FILE_BROKEN', shown, sentenceOf(error)).message;
        whole.problems.push({ file: shown, message });
      }
    }
    return whole;
  }

  /** Checks the parameters of an action as its handler wants them. */
  resolve(
    handler: HandlerDescription,
    params: Record<string, unknown>,
  ): Promise<Operations['resolve']['answer']> {
    return this.#perform('resolve', { source: handler.source, params }, handler.class);
  }

  /** Tries every set of parameters that a packaged bot installs. */
  testInstalls(packagedBot: PackageDescription): Promise<TestedInstalls> {
    return this.#perform('testInstalls', { source: packagedBot.source }, packagedBot.class);
  }

  /** Asks a handler or a packaged bot whether somebody may attach or install it. */
  authorize(handler: HandlerDescription | PackageDescription, context: AuthorizeContext): Promise<boolean> {
    return this.#perform('authorize', { source: handler.source, context }, handler.class);
  }

  /**
   * Lets a handler answer a message.
   *
   * @throws what the handler threw, HANDLER_TIMEOUT, HANDLER_EXITED, HANDLER_OUT_OF_MEMORY, or the signal's reason
   */
  async run(
    handler: { class: string; source: ClassSource },
    context: HandlerContextData,
    options: RunOptions,
  ): Promise<Operations['run']['answer']> {
    return this.#perform('run', { source: handler.source, context }, handler.class, {
      timeout: this.#options.timeout,
      ...options,
    });
  }

  /** Ends all threads. What waits for one is refused, and nothing can be run any more. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const waiter of this.#waiting.splice(0)) waiter.refuse(closed());
    await Promise.all([...this.#threads].map((thread) => thread.end()));
  }

  async #perform<Name extends Operation>(
    operation: Name,
    args: Operations[Name]['args'],
    subject: string,
    more: Partial<RunOptions> = {},
  ): Promise<Operations[Name]['answer']> {
    const task: Task<Name> = { operation, args, subject, ...more };
    const thread = await this.#take();
    if (operation === 'run') this.#keepSpare();
    try {
      return await thread.perform(task);
    } catch (error) {
      throw operation === 'resolve' || operation === 'authorize' ? asThrown(error, subject) : error;
    } finally {
      this.#giveBack(thread);
    }
  }

  async #take(): Promise<WorkerThread> {
    if (this.#closed) throw closed();
    for (let thread = this.#idle.pop(); thread; thread = this.#idle.pop()) {
      clearTimeout(this.#idleTimers.get(thread));
      if (thread.usable) return thread;
      this.#threads.delete(thread);
    }
    if (this.#threads.size < this.#options.threads) return this.#start();
    return new Promise((give, refuse) => this.#waiting.push({ give, refuse }));
  }

  #start(): WorkerThread {
    const thread = new WorkerThread(this.#options);
    this.#threads.add(thread);
    return thread;
  }

  #keepSpare(): void {
    if (this.#idle.length === 0 && this.#threads.size < this.#options.threads) this.#rest(this.#start());
  }

  #giveBack(thread: WorkerThread): void {
    if (!thread.usable) this.#threads.delete(thread);
    const next = this.#waiting.shift();
    if (next) next.give(thread.usable ? thread : this.#start());
    else if (thread.usable) this.#rest(thread);
  }

  #rest(thread: WorkerThread): void {
    this.#idle.push(thread);
    this.#idleTimers.set(thread, setTimeout(() => this.#endSurplus(thread), idleLimit).unref());
  }

  #endSurplus(thread: WorkerThread): void {
    if (this.#idle.length < 2) return;
    this.#idle.splice(this.#idle.indexOf(thread), 1);
    this.#threads.delete(thread);
    void thread.end();
  }
}

const closed = (): Error => new Error('The sandbox is closed.');

/** What a handler threw, as an error of ours that names the handler and keeps the author's frames. */
function asThrown(error: unknown, subject: string): unknown {
  if (error instanceof MessengerError || !(error instanceof Error)) return error;
  const threw = failure('HANDLER_THREW', subject, error.message);
  threw.stack = error.stack ?? '';
  return threw;
}
