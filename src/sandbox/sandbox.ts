import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import pLimit from 'p-limit';
import type { AuthorizeContext } from '../authoring/bot-action-handler.ts';
import type { HandlerContextData } from '../authoring/handler-context.ts';
import type { TestedInstalls } from '../authoring/packaged-bot.ts';
import { createError, MessengerError, messageOf, wrapError } from '../base/errors.ts';
import { packageFile } from '../base/package-file.ts';
import { isShortage } from '../base/shortage.ts';
import { shownPath } from '../base/shown-path.ts';
import { Stagger } from '../base/stagger.ts';
import { readSources, type Sources } from '../config/local-imports.ts';
import { type ActionLimits, defaultActionLimits } from '../domain/limits.ts';
import { maxStarts } from '../domain/run.ts';
import { wellFormed } from '../domain/well-formed.ts';
import { Compiler } from './compiler.ts';
import { isDescribedByBuild, readLibraryDescription } from './library-description.ts';
import { libraryName } from './library-name.ts';
import { type PoolOptions, WorkerPool } from './pool.ts';
import type {
  ClassSource,
  Description,
  HandlerDescription,
  Operation,
  Operations,
  PackageDescription,
} from './protocol.ts';
import {
  type LateListener,
  type RequestListener,
  type SandboxWorker,
  SharedFault,
  type Task,
  wasKilled,
} from './worker.ts';

export interface SandboxOptions extends PoolOptions {
  /** How many milliseconds a handler may take. */
  timeout: number;
  /** The limits of actions; defaults if left out. */
  limits?: ActionLimits;
}

/** Options for running a handler. */
export interface RunOptions {
  signal: AbortSignal;
  onRequest: RequestListener;
  /** Milliseconds; defaults to the sandbox's timeout. */
  timeout?: number;
  /** Called at most once with what came too late or was never awaited. */
  onLate?: LateListener;
  onPrint?: Task<'run'>['onPrint'];
  onHttp?: Task<'run'>['onHttp'];
  /** Runs it alone in a process, because it may have ended the process it shared. */
  alone?: boolean;
}

/** What is needed to run a handler. */
interface RunnableHandler {
  class: string;
  source: ClassSource;
  /** Milliseconds; defaults to the sandbox's timeout. */
  timeout?: number | null;
}

/** A file that loads for this many milliseconds may be in a loop, so the next one starts without waiting for it. */
const staggerTime = 4_000;

/** How many run in processes of their own at once. One that hangs there does not block all others. */
const aloneConcurrency = 4;

/** Runs authors' code in workers. Each file has workers of its own, each with one operation at a time. */
export class Sandbox {
  readonly #workspace: string;
  readonly #pool: WorkerPool;
  /** Too many files loading at once slow each other down, and correct ones miss their deadlines. */
  readonly #loading = new Stagger(Math.max(2, availableParallelism()), staggerTime);
  /** If its process dies while it runs alone there, it is the cause. */
  readonly #alone = pLimit(aloneConcurrency);
  /** Without isolation, the compiler of this process serves all files. */
  readonly #compiler: Compiler | undefined;
  readonly #onOutput: SandboxOptions['onOutput'];
  #timeout: number;
  #limits: ActionLimits;
  #environment: NodeJS.ProcessEnv | undefined;

  constructor(options: SandboxOptions) {
    this.#workspace = options.workspace;
    this.#onOutput = options.onOutput;
    this.#timeout = options.timeout;
    this.#limits = options.limits ?? defaultActionLimits;
    this.#environment = options.environment;
    if (options.isolation !== 'none') this.#compiler = new Compiler(options.workspace);
    this.#pool = new WorkerPool(options);
  }

  /**
   * Describes the handlers and packaged bots in files, in parallel. A file that hangs or ends its worker
   * becomes a problem of its own.
   */
  async describe(files: readonly string[]): Promise<Description> {
    const parts = await Promise.all(files.map((file) => this.#describe(file)));
    return {
      handlers: parts.flatMap(({ handlers }) => handlers),
      packages: parts.flatMap(({ packages }) => packages),
      problems: parts.flatMap(({ problems }) => problems),
    };
  }

  /**
   * Loads a file to check that loading ends within the time limit.
   *
   * @throws CONFIG_INVALID when it does not
   */
  async requireEnd(file: string): Promise<void> {
    try {
      await this.#load(file, file);
    } catch (error) {
      if (!(error instanceof MessengerError) || error.code !== 'HANDLER_TIMEOUT') return;
      throw createError(
        'CONFIG_INVALID',
        file,
        'it does not finish loading: it is in a loop or awaits something that never settles',
      );
    }
  }

  /**
   * Describes changed files again. From then on new workers run their new code. Operations in progress finish
   * with the version they began with.
   *
   * @param sources these files and what they import, to be compiled
   */
  async reload(files: readonly string[], sources = files): Promise<Description[]> {
    const start = this.#pool.moment();
    await this.#compiler?.compile(sources);
    const descriptions = await Promise.all(files.map((file) => this.#describe(file)));
    this.#pool.outdate(files, start);
    this.keepReady();
    return descriptions;
  }

  /** Keeps a spare worker that has loaded nothing, so that the next saved file is described at once. */
  keepReady(): void {
    this.#pool.keepSpare();
  }

  /** Ends the idle workers, with the compilers they have loaded, and keeps an unused one ready. */
  restartWorkers(): void {
    this.#pool.renew({});
    this.keepReady();
  }

  /** How many workers were started so far, and how many exist now. */
  get workers(): { started: number; alive: number } {
    return this.#pool.counts;
  }

  /** Reads a file and the workspace's files that it imports, without running them. */
  readSources(file: string): Sources {
    return readSources(file, this.#workspace);
  }

  /** Checks the parameters of an action against its handler. */
  resolve(
    handler: HandlerDescription,
    params: Record<string, unknown>,
    texts?: Record<string, string>,
  ): Promise<Operations['resolve']['answer']> {
    const args = { source: handler.source, params, texts, limits: this.#limits };
    return this.#perform('resolve', args, handler.class);
  }

  /** Tries every set of parameters that a packaged bot installs. */
  testInstalls(packagedBot: PackageDescription): Promise<TestedInstalls> {
    return this.#perform(
      'testInstalls',
      { source: packagedBot.source, limits: this.#limits },
      packagedBot.class,
    );
  }

  /** Asks a handler or a packaged bot whether a person may attach or install it. */
  authorize(handler: HandlerDescription | PackageDescription, context: AuthorizeContext): Promise<boolean> {
    return this.#perform('authorize', { source: handler.source, context }, handler.class);
  }

  /**
   * Lets a handler answer a message.
   *
   * @throws what the handler threw, HANDLER_TIMEOUT, HANDLER_EXITED, HANDLER_OUT_OF_MEMORY, or the signal's reason
   */
  async run(
    handler: RunnableHandler,
    context: HandlerContextData,
    options: RunOptions,
  ): Promise<Operations['run']['answer']> {
    return this.#perform('run', { source: handler.source, context }, handler.class, {
      timeout: this.timeoutOf(handler),
      ...options,
    });
  }

  /** How many milliseconds a handler may take. */
  timeoutOf({ timeout }: Pick<RunnableHandler, 'timeout'>): number {
    return timeout ?? this.#timeout;
  }

  /**
   * Sets the timeout, the memory limit and the limits of actions. Operations in progress keep their limits.
   */
  setLimits({
    timeout,
    memory,
    messageLimit,
    limits,
  }: Pick<SandboxOptions, 'timeout' | 'memory' | 'messageLimit' | 'limits'>): void {
    this.#timeout = timeout;
    this.#limits = limits ?? defaultActionLimits;
    this.#pool.renew({ memory, messageLimit });
  }

  /** Sets the environment of handlers. Operations in progress keep theirs. */
  setEnvironment(environment: NodeJS.ProcessEnv): void {
    if (isDeepStrictEqual({ ...environment }, { ...this.#environment })) return;
    this.#environment = environment;
    this.#pool.renew({ environment });
  }

  /** Ends all workers. Callers that wait for one get an error, and nothing can be run any more. */
  async close(): Promise<void> {
    await Promise.all([this.#pool.close(), this.#compiler?.close()]);
  }

  async #describe(file: string): Promise<Description> {
    const shown = shownPath(this.#workspace, file);
    try {
      return file === libraryName ? await this.#describeLibrary() : await this.#load(file, shown);
    } catch (error) {
      const ours = error instanceof MessengerError;
      const message = ours
        ? error.message
        : createError('HANDLER_FILE_BROKEN', shown, messageOf(error)).message;
      const problem = isShortage(error)
        ? { file: shown, message, isPassing: true }
        : { file: shown, message };
      return { handlers: [], packages: [], problems: [problem] };
    }
  }

  async #describeLibrary(): Promise<Description> {
    if (isDescribedByBuild(this.#limits)) return readLibraryDescription();
    const entry = pathToFileURL(packageFile('dist/sandbox/describe-library.js')).href;
    const { describeLibrary }: typeof import('./describe-library.ts') = await import(entry);
    return describeLibrary(this.#limits, this.#workspace);
  }

  /** Loads a file in a worker that has not loaded it yet. */
  #load(file: string, subject: string): Promise<Description> {
    const task: Task<'describe'> = { operation: 'describe', args: { file, limits: this.#limits }, subject };
    return this.#loading.run(() =>
      this.#restartWhenKilled(() => this.#performIsolatingFaults(file, this.#pool.acquireFresh(file), task)),
    );
  }

  async #perform<Name extends Operation>(
    operation: Name,
    args: Operations[Name]['args'] & { source: ClassSource },
    subject: string,
    { alone = false, ...more }: Partial<RunOptions> = {},
  ): Promise<Operations[Name]['answer']> {
    const { file } = args.source;
    const task: Task<Name> = { operation, args, subject, ...more };
    if (alone) return this.#performAlone(file, task);
    if (operation !== 'run')
      return this.#restartWhenKilled(async () =>
        this.#performIsolatingFaults(file, await this.#pool.acquire(file), task),
      );
    const worker = await this.#pool.acquire(file);
    this.#pool.keepSpareSoon();
    return this.#performIsolatingFaults(file, worker, task);
  }

  /**
   * Starts an operation without effects again when its process was killed, perhaps from outside. Of a run the
   * starts are counted in the store, so its caller starts it again.
   */
  async #restartWhenKilled<Result>(start: () => Promise<Result>): Promise<Result> {
    for (let starts = 1; ; starts++) {
      try {
        return await start();
      } catch (error) {
        if (!wasKilled(error) || starts === maxStarts) throw error;
      }
    }
  }

  /** When a shared process dies, its operations are started again, each in a process of its own. */
  async #performIsolatingFaults<Name extends Operation>(
    file: string,
    worker: SandboxWorker,
    task: Task<Name>,
  ): Promise<Operations[Name]['answer']> {
    try {
      return await this.#performIn(worker, task);
    } catch (error) {
      if (!(error instanceof SharedFault)) throw error;
      this.#onOutput(task.subject, `${error.message} It is started again, alone.`);
      return this.#performAlone(file, task);
    }
  }

  #performAlone<Name extends Operation>(file: string, task: Task<Name>): Promise<Operations[Name]['answer']> {
    return this.#alone(() => this.#performIn(this.#pool.acquireAlone(file), task));
  }

  async #performIn<Name extends Operation>(
    worker: SandboxWorker,
    task: Task<Name>,
  ): Promise<Operations[Name]['answer']> {
    try {
      // What authors' code returns is stored, so it is converted to what the database can store.
      return wellFormed(await worker.perform(task));
    } catch (error) {
      // Frees what its code holds open. Another worker can load what failed to load.
      if (isShortage(error)) await worker.end();
      if (isShortage(error) && !worker.isAlone) throw new SharedFault(messageOf(error));
      const isQuestion = task.operation === 'resolve' || task.operation === 'authorize';
      throw isQuestion ? asThrown(error, task.subject) : error;
    } finally {
      this.#pool.release(worker);
    }
  }
}

/** Converts what a handler threw to our error, which names the handler and keeps the author's frames. */
function asThrown(error: unknown, subject: string): unknown {
  if (error instanceof MessengerError || !(error instanceof Error)) return error;
  const threw = wrapError(error, 'HANDLER_THREW', subject, error.message);
  threw.stack = error.stack ?? '';
  return threw;
}
