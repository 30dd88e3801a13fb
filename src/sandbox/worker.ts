import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestKind } from '../authoring/request-arguments.ts';
import { type Deadline, startDeadline } from '../base/deadline.ts';
import { createError, MessengerError } from '../base/errors.ts';
import type { TraceHttpCall } from '../domain/run-trace.ts';
import { LateCalls } from './late-calls.ts';
import { OpenRequests } from './open-requests.ts';
import { fromPlainError, isFromWorker, toPlainError } from './plain-error.ts';
import { droppedNotice, PrintedLines } from './printed-lines.ts';
import {
  type FromWorker,
  type Operation,
  type Operations,
  type PlainError,
  parseAnswer,
  parseFromWorker,
} from './protocol.ts';
import type { Death, SpawnWorker, WorkerTransport } from './transport.ts';

/** Does what a running handler requests, and returns the result. The deadline is that of the run. */
export type RequestListener = (
  kind: RequestKind,
  step: number | null,
  args: never,
  deadline?: Deadline,
) => Promise<unknown>;

/** Receives what of a run came too late, in the author's words if possible. */
export type LateListener = (error: Error) => Promise<void>;

/** One operation in a worker, with its limits. */
export interface Task<Name extends Operation> {
  operation: Name;
  args: Operations[Name]['args'];
  /** Its name in errors: the handler's name or the file. */
  subject: string;
  /** Milliseconds a handler may take once its file is loaded, before the worker is stopped. */
  timeout?: number;
  /** Stops the worker when it aborts. */
  signal?: AbortSignal;
  onRequest?: RequestListener;
  /** Called at most once, even after the operation, with what came too late or was never awaited. */
  onLate?: LateListener;
  /** Called with each line that the operation prints. */
  onPrint?: ((line: string) => void) | undefined;
  /** Called with each HTTP request of it that has ended. */
  onHttp?: ((call: Omit<TraceHttpCall, 'at'>) => void) | undefined;
}

export interface WorkerOptions {
  workspace: string;
  /** Megabytes. */
  memory: number;
  /** Milliseconds that loading a file, and every question about it, may take. */
  loadTimeout: number;
  /** The most bytes that a handler may send at once, as in a file. */
  messageLimit?: number | undefined;
  /** The environment variables of the code; defaults to those of this process. */
  environment?: NodeJS.ProcessEnv;
  /** Whether our process may end, and the worker with it, although nobody ended it. */
  isUnreferenced?: boolean | undefined;
  /** Called with each line that the code prints. */
  onOutput: (subject: string, line: string) => void;
}

interface Current {
  operation: Operation;
  /** Proves that a message belongs to the operation. */
  token: string;
  timeout: number;
  requests: OpenRequests;
  onRequest: RequestListener | undefined;
  onPrint: Task<Operation>['onPrint'];
  onHttp: Task<Operation>['onHttp'];
  succeed: (value: unknown) => void;
  fail: (error: Error) => void;
}

type OperationMessage = Exclude<FromWorker, { type: 'ready' | 'late' | 'quiet' }>;

/**
 * Its process died, was blocked, or had no descriptors left while other operations were running there, and
 * any of them may be the cause. It must be started again, alone.
 */
export class SharedFault extends Error {}

/**
 * Whether an operation failed because its process was killed while nothing else ran in it: by the operation
 * itself or from outside. Authors' code can throw errors that look like it.
 */
export const wasKilled = (error: unknown): error is MessengerError =>
  error instanceof MessengerError && error.code === 'HANDLER_KILLED' && !isFromWorker(error);

/** The default limit of a message in bytes. */
const defaultMessageLimit = 64 * 1024 * 1024;

/** Milliseconds that the start of a worker may take. The time of its operation begins after it. */
const startTime = 60_000;

/** Milliseconds for which timers left by a run are watched. */
const lingerTime = 2_000;

const outputGrace = 250;

/** The daemon's handle of a worker that loads authors' code. It does one operation at a time. */
export class SandboxWorker {
  /** The file it has loaded or will load. It never loads another. */
  file: string | undefined;
  /** Called when it is gone, for any reason. */
  onGone: () => void = () => {};
  readonly #transport: WorkerTransport;
  readonly #options: WorkerOptions;
  /** Output outside the protocol, which the limits inside did not cover. */
  readonly #raw = new PrintedLines((line) => this.#print(line));
  #dropped = 0;
  /** The current or last operation's subject, which late output belongs to. */
  #subject = 'A handler';
  #isReady = false;
  /** Whether a run has loaded its file. */
  #hasLoaded = false;
  #isOver = false;
  /** Whether nothing was left behind, as far as is known. */
  #isClean = true;
  #deadline: Deadline | undefined;
  #current: Current | undefined;
  readonly #late = new LateCalls();
  #lingering: NodeJS.Timeout | undefined;
  readonly #quiet = new AbortController();
  #ended: Promise<void> | undefined;

  constructor(options: WorkerOptions, spawn: SpawnWorker) {
    const { workspace, memory, environment, messageLimit = defaultMessageLimit, isUnreferenced } = options;
    this.#options = options;
    this.#transport = spawn(
      // process.env itself cannot be cloned.
      {
        workspace,
        memory,
        environment: { ...(environment ?? process.env) },
        messageLimit,
        isUnreferenced,
      },
      {
        onMessage: (message) => this.#receive(message),
        onRawText: (text) => this.#raw.add(text),
        onDeath: (death) => this.#onDeath(death),
      },
    );
  }

  /** Whether it can do another operation. */
  get usable(): boolean {
    return !this.#isOver && this.#transport.isUsable;
  }

  /** Whether nothing else runs in its process. */
  get isAlone(): boolean {
    return this.#transport.isAlone;
  }

  /** Whether it does no more work, but is kept for a while to observe the timers of its last run. */
  get lingers(): boolean {
    return this.#lingering !== undefined;
  }

  /**
   * Performs an operation.
   *
   * @throws what the operation threw, or HANDLER_TIMEOUT, HANDLER_EXITED, HANDLER_KILLED, HANDLER_OUT_OF_MEMORY,
   *   HANDLER_BROKE_PROTOCOL, SharedFault, or the signal's reason; after these the worker is gone
   */
  async perform<Name extends Operation>(task: Task<Name>): Promise<Operations[Name]['answer']> {
    const abort = () => this.#stop(task.signal?.reason);
    task.signal?.addEventListener('abort', abort);
    try {
      return await this.#start(task);
    } finally {
      this.#finishOutput();
      this.#current = undefined;
      this.#transport.setBusy(false);
      this.#deadline?.cancel();
      task.signal?.removeEventListener('abort', abort);
    }
  }

  /** Stops it, whatever it is doing. Resolves once it is gone and what it left was reported. */
  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    const isClean = this.#isClean && this.#current === undefined;
    this.#isOver = true;
    this.#current?.fail(new Error('The sandbox is closed.'));
    clearTimeout(this.#lingering);
    this.#lingering = undefined;
    await Promise.all([this.#late.reportLeft(), this.#transport.end(isClean)]);
    this.onGone();
  }

  /** Resolves after a moment, or once the timers of its last run are done. */
  async quiet(): Promise<void> {
    const { signal } = this.#quiet;
    if (this.lingers) await sleep(outputGrace, undefined, { signal }).catch(() => undefined);
  }

  #start<Name extends Operation>(task: Task<Name>): Promise<Operations[Name]['answer']> {
    const { operation, args, subject, timeout, signal, onRequest, onLate, onPrint, onHttp } = task;
    return new Promise((resolve, reject) => {
      const token = randomUUID();
      this.#subject = subject;
      this.#current = {
        operation,
        token,
        timeout: timeout ?? this.#options.loadTimeout,
        requests: new OpenRequests(),
        onRequest,
        onPrint,
        onHttp,
        succeed: (value) => resolve(value as Operations[Name]['answer']),
        fail: reject,
      };
      if (operation === 'run') this.#late.add(token, onLate);
      if (signal?.aborted) return reject(signal.reason);
      this.#arm(this.#isReady ? this.#timeLeft(this.#current) : startTime);
      this.#transport.setBusy(true);
      this.#transport.send({ type: 'operation', token, operation, args, subject });
    });
  }

  /** Our own code there does not break the protocol, so nothing after a violation is trusted. */
  #receive(raw: unknown): void {
    const message = this.#isOver && !this.lingers ? undefined : parseFromWorker(raw);
    if (message) this.#onMessage(message);
    else if (!this.#isOver) this.#stop(createError('HANDLER_BROKE_PROTOCOL', this.#subject));
  }

  #onMessage(message: FromWorker): void {
    if (message.type === 'ready') this.#onReady();
    else if (message.type === 'late') void this.#late.report(message.token, fromPlainError(message.error));
    else if (message.type === 'quiet') this.#finishLingering(message.token);
    // Other messages belong to a finished operation or to none.
    else if (message.token === this.#current?.token) this.#onMessageOf(this.#current, message);
  }

  #onMessageOf(current: Current, message: OperationMessage): void {
    if (message.type === 'output') for (const line of message.lines) this.#print(line);
    if (message.type === 'http') current.onHttp?.(message.call);
    if (message.type === 'dropped') this.#dropped = message.bytes;
    if (message.type === 'loaded') this.#onLoaded(current);
    if (message.type === 'request') void this.#answer(current, message);
    if (message.type === 'done') this.#finish(current, message);
    if (message.type === 'failed') current.fail(fromPlainError(message.error));
    if ('unclean' in message && message.unclean !== null) this.#isClean = false;
    if (message.type === 'done' && message.left) this.#linger(message.left);
    else if (!this.#isClean) void this.end();
  }

  #finish(current: Current, { value }: Extract<FromWorker, { type: 'done' }>): void {
    const answer = parseAnswer(current.operation, value);
    if (answer === undefined) this.#stop(createError('HANDLER_BROKE_PROTOCOL', this.#subject));
    else current.succeed(answer);
  }

  #linger(left: PlainError): void {
    this.#isOver = true;
    this.#late.leave(fromPlainError(left));
    this.#lingering = setTimeout(() => void this.end(), lingerTime);
  }

  /** All timers have fired without a request, or a request was reported. */
  #finishLingering(token: string): void {
    if (!this.lingers || !this.#late.isLast(token)) return;
    this.#late.leave(undefined);
    this.#quiet.abort();
    void this.end();
  }

  async #answer(current: Current, request: Extract<FromWorker, { type: 'request' }>): Promise<void> {
    const { token, id } = request;
    if (!current.requests.open(request))
      return this.#stop(createError('HANDLER_BROKE_PROTOCOL', this.#subject));
    try {
      const { kind, step, args } = request;
      const value = await current.onRequest?.(kind, step, args as never, this.#deadline);
      current.requests.close(id);
      this.#transport.send({ type: 'answer', token, id, value });
    } catch (error) {
      current.requests.close(id);
      this.#transport.send({
        type: 'rejection',
        token,
        id,
        error: toPlainError(error, this.#options.workspace),
      });
    }
  }

  /** The time of an operation that is already waiting begins now. */
  #onReady(): void {
    if (this.#isReady) return;
    this.#isReady = true;
    if (this.#current) this.#arm(this.#timeLeft(this.#current));
  }

  /** A run's own time begins once its file is loaded. */
  #onLoaded(current: Current): void {
    if (this.#hasLoaded) return;
    this.#hasLoaded = true;
    this.#arm(current.timeout);
  }

  #timeLeft({ timeout }: Current): number {
    return this.#hasLoaded ? timeout : this.#options.loadTimeout;
  }

  #arm(milliseconds: number): void {
    this.#deadline?.cancel();
    const tooLate = () => {
      const error = createError('HANDLER_TIMEOUT', this.#subject, milliseconds);
      const isShared = this.#isReady ? this.#transport.isHeldUp : !this.isAlone;
      this.#stop(isShared ? new SharedFault(error.message) : error);
    };
    this.#deadline = startDeadline(milliseconds, tooLate);
  }

  #stop(error: Error): void {
    this.#isClean = false;
    this.#current?.fail(error);
    void this.end();
  }

  #onDeath(death: Death): void {
    this.#isOver = true;
    this.#current?.fail(this.#causeOf(death));
    // It is not gone until what it left was reported.
    if (this.lingers) void this.end();
    else this.onGone();
  }

  #causeOf(death: Death): Error {
    if (!this.isAlone && death.isShared)
      return new SharedFault('Its process died, perhaps because of another handler in it.');
    // It may have been ready already: its process can be killed before it has passed that on.
    if ('signal' in death) return createError('HANDLER_KILLED', this.#subject, death.signal);
    if (!this.isAlone && !this.#isReady) return new SharedFault('Its worker could not be started.');
    if ('error' in death) return death.error;
    if ('exitCode' in death) return createError('HANDLER_EXITED', this.#subject, death.exitCode);
    if ('protocol' in death) return createError('HANDLER_BROKE_PROTOCOL', this.#subject);
    return createError('HANDLER_OUT_OF_MEMORY', this.#subject, this.#options.memory);
  }

  #print(line: string): void {
    this.#current?.onPrint?.(line);
    this.#options.onOutput(this.#subject, line);
  }

  #finishOutput(): void {
    const dropped = this.#raw.finish() + this.#dropped;
    this.#dropped = 0;
    if (dropped > 0) this.#print(droppedNotice(dropped));
  }
}
