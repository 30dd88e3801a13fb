import { availableParallelism } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import pLimit from 'p-limit';
import type { AuthorizeContext } from '../authoring/bot-action-handler.ts';
import type { HandlerContextData } from '../authoring/handler-context.ts';
import type { TestedInstalls } from '../authoring/packaged-bot.ts';
import { createError, failureFrom, MessengerError, messageOf } from '../base/errors.ts';
import { packageFile } from '../base/package-file.ts';
import { isShortage } from '../base/shortage.ts';
import { Stagger } from '../base/stagger.ts';
import { readSources, type Sources } from '../config/local-imports.ts';
import { type ActionLimits, defaultActionLimits } from '../domain/limits.ts';
import { wellFormed } from '../domain/well-formed.ts';
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
} from './worker.ts';

export interface SandboxOptions extends PoolOptions {
  /** Milliseconds a handler may take. */
  timeout: number;
  /** The most that actions may be given; the defaults when left out. */
  limits?: ActionLimits;
}

/** How a handler is run. */
export interface RunOptions {
  signal: AbortSignal;
  onRequest: RequestListener;
  /** Milliseconds; the sandbox's own when left out. */
  timeout?: number;
  /** Told, at most once, what of the run came too late or was never awaited. */
  onLate?: LateListener;
  /** Lets nothing else run in its process: it may be what ended that. */
  alone?: boolean;
}

/** What has to be known of a handler to run it. */
interface RunnableHandler {
  class: string;
  source: ClassSource;
  /** Milliseconds; the sandbox's own when there is none. */
  timeout?: number | null;
}

/** A file that has not been loaded after so many milliseconds may loop: the next one is begun beside it. */
const makesRoomAfter = 4_000;

/** So many run in a process of their own at a time: one that hangs there does not hold up all others. */
const aloneConcurrency = 4;

/** Runs authors' code in workers, each file in workers of its own, one operation at a time in each. */
export class Sandbox {
  readonly #workspace: string;
  readonly #pool: WorkerPool;
  /** Files that are loaded all at once take so much of each other's time that innocent ones miss their deadlines. */
  readonly #loading = new Stagger(Math.max(2, availableParallelism()), makesRoomAfter);
  /** Where one was alone in its process when that died, it is to blame. */
  readonly #alone = pLimit(aloneConcurrency);
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
    this.#pool = new WorkerPool(options);
  }

  /**
   * Describes the handlers and packaged bots in files, side by side. A file that hangs or ends its worker is a problem of
   * its own.
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
   * Loads a file to see whether that ends, within the time that loading may take.
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
        'it does not end loading, in a loop or awaiting what never comes',
      );
    }
  }

  /**
   * Describes files again after they changed, as they are now. From then on their new code is used, by workers that know
   * nothing of the old one; what runs finishes with the version it began with.
   */
  async reload(files: readonly string[]): Promise<Description[]> {
    const begun = this.#pool.moment();
    const descriptions = await Promise.all(files.map((file) => this.#describe(file)));
    this.#pool.outdate(files, begun);
    this.keepReady();
    return descriptions;
  }

  /** Keeps a worker waiting that has loaded nothing, so that what is saved next is described at once. */
  keepReady(): void {
    this.#pool.keepSpare();
  }

  /** Ends the workers that wait, with the compilers they have loaded, and keeps one ready that has loaded nothing. */
  startAfresh(): void {
    this.#pool.renew({});
    this.keepReady();
  }

  /** How many workers were started so far, and how many of them are there now. */
  get workers(): { started: number; alive: number } {
    return this.#pool.counts;
  }

  /** The text of a file and of the workspace's files that it imports; nothing is run. */
  readSources(file: string): Sources {
    return readSources(file, this.#workspace);
  }

  /** Checks the parameters of an action as its handler wants them. */
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
    handler: RunnableHandler,
    context: HandlerContextData,
    options: RunOptions,
  ): Promise<Operations['run']['answer']> {
    return this.#perform('run', { source: handler.source, context }, handler.class, {
      timeout: handler.timeout ?? this.#timeout,
      ...options,
    });
  }

  /**
   * Sets how long handlers may take, how much memory they may use, and what actions may be given. What runs goes on
   * with what it has.
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

  /** Sets what handlers find in their environment. What runs goes on with what it has. */
  setEnvironment(environment: NodeJS.ProcessEnv): void {
    if (isDeepStrictEqual({ ...environment }, { ...this.#environment })) return;
    this.#environment = environment;
    this.#pool.renew({ environment });
  }

  /** Ends all workers. What waits for one is refused, and nothing can be run any more. */
  close(): Promise<void> {
    return this.#pool.close();
  }

  async #describe(file: string): Promise<Description> {
    const shown = path.isAbsolute(file) ? path.relative(this.#workspace, file) : file;
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
    const entry = pathToFileURL(packageFile('dist/sandbox/describe-library.js')).href;
    const { describeLibrary }: typeof import('./describe-library.ts') = await import(entry);
    return describeLibrary(this.#limits, this.#workspace);
  }

  /** In a worker that knows nothing of the file yet. */
  #load(file: string, subject: string): Promise<Description> {
    const task: Task<'describe'> = { operation: 'describe', args: { file, limits: this.#limits }, subject };
    return this.#loading.run(() => this.#blamingNobody(file, this.#pool.takeFresh(file), task));
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
    const worker = await this.#pool.take(file);
    if (operation === 'run') this.#pool.keepSpare();
    return this.#blamingNobody(file, worker, task);
  }

  /** What was under way beside others when their process died is started again, each in a process of its own. */
  async #blamingNobody<Name extends Operation>(
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
    return this.#alone(() => this.#performIn(this.#pool.takeAlone(file), task));
  }

  async #performIn<Name extends Operation>(
    worker: SandboxWorker,
    task: Task<Name>,
  ): Promise<Operations[Name]['answer']> {
    try {
      // What authors' code returns is stored, and shown by what was returned.
      return wellFormed(await worker.perform(task));
    } catch (error) {
      // What its code holds open is free again, and what failed to load can be loaded by another one.
      if (isShortage(error)) await worker.end();
      if (isShortage(error) && !worker.isAlone) throw new SharedFault(messageOf(error));
      const isQuestion = task.operation === 'resolve' || task.operation === 'authorize';
      throw isQuestion ? asThrown(error, task.subject) : error;
    } finally {
      this.#pool.giveBack(worker);
    }
  }
}

/** What a handler threw, as an error of ours that names the handler and keeps the author's frames. */
function asThrown(error: unknown, subject: string): unknown {
  if (error instanceof MessengerError || !(error instanceof Error)) return error;
  const threw = failureFrom(error, 'HANDLER_THREW', subject, error.message);
  threw.stack = error.stack ?? '';
  return threw;
}
