import { Worker } from 'node:worker_threads';
import type { RequestKind } from '../authoring/requests.ts';
import { failure } from '../base/errors.ts';
import { packageFile } from '../base/package-file.ts';
import { fromPlainError, toPlainError } from './plain-error.ts';
import type { FromThread, Operation, Operations, PlainError, ToThread } from './protocol.ts';

/** Does what a running handler asks for, and answers it. */
export type RequestListener = (kind: RequestKind, step: number | null, args: never) => Promise<unknown>;

/** One operation in a thread, and the limits it runs within. */
export interface Task<Name extends Operation> {
  operation: Name;
  args: Operations[Name]['args'];
  /** What to call it when it fails: the handler's name or the file. */
  subject: string;
  /** Milliseconds a handler may take once its file is loaded, before the thread is stopped. */
  timeout?: number;
  /** Stops the thread when it aborts. */
  signal?: AbortSignal;
  onRequest?: RequestListener;
}

export interface WorkerThreadOptions {
  workspace: string;
  /** Megabytes. */
  memory: number;
  /** Milliseconds a file may take to be loaded, and every question about it to be answered. */
  loadTimeout: number;
  /** What the thread's code finds in `process.env`; what is there in this thread when left out. */
  environment?: NodeJS.ProcessEnv;
  /** Told each piece of text the thread's code prints. */
  onOutput: (subject: string, text: string) => void;
}

interface Current {
  subject: string;
  timeout: number;
  onRequest: RequestListener | undefined;
  succeed: (value: unknown) => void;
  fail: (error: Error) => void;
}

/** A thread that loads authors' code, seen from the main thread. It does one operation at a time. */
export class WorkerThread {
  /** Whether it can do another operation. */
  usable = true;
  readonly #worker: Worker;
  readonly #options: WorkerThreadOptions;
  readonly #ended: Promise<unknown>;
  #isReady = false;
  #deadline: NodeJS.Timeout | undefined;
  #current: Current | undefined;

  constructor(options: WorkerThreadOptions) {
    this.#options = options;
    this.#worker = new Worker(packageFile('dist/sandbox/thread.js'), {
      workerData: { workspace: options.workspace },
      resourceLimits: { maxOldGenerationSizeMb: options.memory },
      execArgv: [],
      env: options.environment ?? process.env,
      stdout: true,
      stderr: true,
    });
    this.#ended = new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#listen();
  }

  /**
   * Does an operation.
   *
   * @throws what the operation threw, or HANDLER_TIMEOUT, HANDLER_EXITED, HANDLER_OUT_OF_MEMORY, or the signal's
   *   reason; after these four the thread is gone
   */
  async perform<Name extends Operation>(task: Task<Name>): Promise<Operations[Name]['answer']> {
    const abort = () => this.#stop(task.signal?.reason);
    task.signal?.addEventListener('abort', abort);
    try {
      return await this.#start(task);
    } finally {
      this.#current = undefined;
      clearTimeout(this.#deadline);
      task.signal?.removeEventListener('abort', abort);
    }
  }

  /** Stops the thread, whatever it does, and waits until it is gone. */
  async end(): Promise<void> {
    this.usable = false;
    await this.#worker.terminate();
    await this.#ended;
  }

  #start<Name extends Operation>(task: Task<Name>): Promise<Operations[Name]['answer']> {
    return new Promise((resolve, reject) => {
      this.#current = {
        subject: task.subject,
        timeout: task.timeout ?? this.#options.loadTimeout,
        onRequest: task.onRequest,
        succeed: (value) => resolve(value as Operations[Name]['answer']),
        fail: reject,
      };
      if (task.signal?.aborted) return reject(task.signal.reason);
      if (this.#isReady) this.#arm(this.#options.loadTimeout);
      this.#send({ type: 'operation', operation: task.operation, args: task.args });
    });
  }

  #listen(): void {
    this.#worker.on('message', (message: FromThread) => this.#onMessage(message));
    this.#worker.on('error', (error: Error & { code?: string }) => this.#onDeath(this.#causeOfDeath(error)));
    this.#worker.on('exit', (code) => this.#onDeath(failure('HANDLER_EXITED', this.#subject, code)));
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => this.#options.onOutput(this.#subject, text));
    }
  }

  #onMessage(message: FromThread): void {
    if (message.type === 'ready') this.#onReady();
    if (message.type === 'loaded') this.#arm(this.#current?.timeout ?? this.#options.loadTimeout);
    if (message.type === 'request') void this.#answer(message);
    if (message.type === 'done') this.#current?.succeed(message.value);
    if (message.type === 'failed') this.#current?.fail(fromPlainError(message.error));
    if ('spoiled' in message && message.spoiled) void this.end();
  }

  async #answer(request: Extract<FromThread, { type: 'request' }>): Promise<void> {
    const { run, id } = request;
    try {
      const value = await this.#current?.onRequest?.(request.kind, request.step, request.args as never);
      this.#send({ type: 'answer', run, id, value });
    } catch (error) {
      const plain: PlainError = toPlainError(error, this.#options.workspace);
      this.#send({ type: 'refusal', run, id, error: plain });
    }
  }

  /** The start of the thread is nobody's time; what was asked for meanwhile begins now. */
  #onReady(): void {
    this.#isReady = true;
    if (this.#current) this.#arm(this.#options.loadTimeout);
  }

  #arm(milliseconds: number): void {
    clearTimeout(this.#deadline);
    const tooLate = () => this.#stop(failure('HANDLER_TIMEOUT', this.#subject, milliseconds));
    this.#deadline = setTimeout(tooLate, milliseconds);
  }

  #stop(error: Error): void {
    this.#current?.fail(error);
    void this.end();
  }

  #onDeath(error: Error): void {
    this.usable = false;
    this.#current?.fail(error);
  }

  #causeOfDeath(error: Error & { code?: string }): Error {
    return error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      ? failure('HANDLER_OUT_OF_MEMORY', this.#subject, this.#options.memory)
      : error;
  }

  get #subject(): string {
    return this.#current?.subject ?? 'A handler';
  }

  #send(message: ToThread): void {
    this.#worker.postMessage(message);
  }
}
