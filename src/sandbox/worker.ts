import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestKind } from '../authoring/request-arguments.ts';
import { failure } from '../base/errors.ts';
import type { Death, Enclosure, OpenEnclosure } from './enclosure.ts';
import { LateCalls } from './late-calls.ts';
import { OpenRequests } from './open-requests.ts';
import { fromPlainError, toPlainError } from './plain-error.ts';
import { droppedNotice, PrintedLines } from './printed-lines.ts';
import {
  type FromWorker,
  type Operation,
  type Operations,
  type PlainError,
  parseAnswer,
  parseFromWorker,
} from './protocol.ts';
import { openProcess } from './worker-process.ts';
import { openThread } from './worker-thread.ts';

/** Does what a running handler asks for, and answers it. */
export type RequestListener = (kind: RequestKind, step: number | null, args: never) => Promise<unknown>;

/** Is told what of a run came too late, in the author's words where there are some. */
export type LateListener = (error: Error) => Promise<void>;

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
  /** Told, at most once, what came too late or was never awaited: also after the operation. */
  onLate?: LateListener;
}

/** Where authors' code runs: in a thread of this process, or in a process of its own. */
type Isolation = 'thread' | 'process';

export interface WorkerOptions {
  workspace: string;
  isolation?: Isolation;
  /** Megabytes. */
  memory: number;
  /** Milliseconds a file may take to be loaded, and every question about it to be answered. */
  loadTimeout: number;
  /** What the code finds in `process.env`; what is there in this thread when left out. */
  environment?: NodeJS.ProcessEnv;
  /** Told each line the code prints. */
  onOutput: (subject: string, line: string) => void;
}

interface Current {
  token: string;
  timeout: number;
  requests: OpenRequests;
  onRequest: RequestListener | undefined;
  /** Refuses what is no answer to the operation. */
  succeed: (value: unknown) => boolean;
  fail: (error: Error) => void;
}

/** Milliseconds that the timers a run left behind are given to show what they do. */
const lingerTime = 2_000;

const lastMoment = 250;

const openers: Record<Isolation, OpenEnclosure> = { thread: openThread, process: openProcess };

/** A thread or process that loads authors' code, seen from the main thread. It does one operation at a time. */
export class SandboxWorker {
  /** Whether it can do another operation. */
  usable = true;
  readonly #enclosure: Enclosure;
  readonly #options: WorkerOptions;
  /** What went past the protocol, and so past the limits inside. */
  readonly #raw = new PrintedLines((line) => this.#print(line));
  #dropped = 0;
  /** What is done, or was done last: what comes late is its. */
  #subject = 'A handler';
  #isReady = false;
  #deadline: NodeJS.Timeout | undefined;
  #current: Current | undefined;
  readonly #late = new LateCalls();
  #lingering: NodeJS.Timeout | undefined;
  readonly #quiet = new AbortController();

  constructor(options: WorkerOptions) {
    const { workspace, memory, environment = process.env, isolation = 'thread' } = options;
    this.#options = options;
    this.#enclosure = openers[isolation](
      { workspace, memory, environment },
      {
        onMessage: (message) => this.#receive(message),
        onRawText: (text) => this.#raw.add(text),
        onDeath: (death) => this.#onDeath(this.#causeOf(death)),
      },
    );
  }

  /**
   * Does an operation.
   *
   * @throws what the operation threw, or HANDLER_TIMEOUT, HANDLER_EXITED, HANDLER_KILLED, HANDLER_OUT_OF_MEMORY, or the
   *   signal's reason; after these five the thread is gone
   */
  async perform<Name extends Operation>(task: Task<Name>): Promise<Operations[Name]['answer']> {
    const abort = () => this.#stop(task.signal?.reason);
    task.signal?.addEventListener('abort', abort);
    try {
      return await this.#start(task);
    } finally {
      this.#finishOutput();
      this.#current = undefined;
      this.#enclosure.setBusy(false);
      clearTimeout(this.#deadline);
      task.signal?.removeEventListener('abort', abort);
    }
  }

  /** Stops it, whatever it does, and waits until it is gone. */
  async end(): Promise<void> {
    this.usable = false;
    clearTimeout(this.#lingering);
    this.#lingering = undefined;
    this.#enclosure.setBusy(false);
    await Promise.all([this.#late.tellLeft(), this.#enclosure.end()]);
  }

  /** Whether it does nothing more, but for a while hears what comes of the timers that its last run left behind. */
  get lingers(): boolean {
    return this.#lingering !== undefined;
  }

  #start<Name extends Operation>(task: Task<Name>): Promise<Operations[Name]['answer']> {
    return new Promise((resolve, reject) => {
      this.#subject = task.subject;
      const token = randomUUID();
      this.#current = {
        token,
        requests: new OpenRequests(),
        timeout: task.timeout ?? this.#options.loadTimeout,
        onRequest: task.onRequest,
        succeed: (value) => {
          const answer = parseAnswer(task.operation, value);
          if (answer !== undefined) resolve(answer);
          return answer !== undefined;
        },
        fail: reject,
      };
      if (task.operation === 'run') this.#late.add(token, task.onLate);
      if (task.signal?.aborted) return reject(task.signal.reason);
      if (this.#isReady) this.#arm(this.#options.loadTimeout);
      this.#enclosure.setBusy(true);
      this.#enclosure.send({ type: 'operation', token, operation: task.operation, args: task.args });
    });
  }

  /** What breaks the protocol was not sent by our code in there: nothing more is believed of it. */
  #receive(raw: unknown): void {
    const message = parseFromWorker(raw);
    if (message === undefined || !this.#take(message))
      this.#stop(failure('HANDLER_BROKE_PROTOCOL', this.#subject));
  }

  /** @returns false for what breaks the protocol */
  #take(message: FromWorker): boolean {
    if (message.type === 'ready') this.#onReady();
    else if (message.type === 'late') void this.#late.tell(message.token, fromPlainError(message.error));
    else if (message.type === 'quiet') this.#finishLingering();
    else if (message.token === this.#current?.token) return this.#takeOf(this.#current, message);
    return true;
  }

  #takeOf(current: Current, message: Exclude<FromWorker, { type: 'ready' | 'late' | 'quiet' }>): boolean {
    if (message.type === 'output') for (const line of message.lines) this.#print(line);
    if (message.type === 'dropped') this.#dropped = message.bytes;
    if (message.type === 'loaded') this.#arm(current.timeout);
    if (message.type === 'request') {
      if (!current.requests.open(message)) return false;
      void this.#answer(current, message);
    }
    if (message.type === 'failed') current.fail(fromPlainError(message.error));
    if (message.type === 'done' && !current.succeed(message.value)) return false;
    if (message.type === 'done' && message.left) this.#linger(message.left);
    else if ('unclean' in message && message.unclean !== null) void this.end();
    return true;
  }

  /** Ends it, and first leaves a moment to the timers of its last run, which may have nothing to tell. */
  async endSoon(): Promise<void> {
    const { signal } = this.#quiet;
    if (this.lingers) await sleep(lastMoment, undefined, { signal }).catch(() => undefined);
    await this.end();
  }

  #linger(left: PlainError): void {
    this.usable = false;
    this.#late.leave(fromPlainError(left));
    this.#lingering = setTimeout(() => void this.end(), lingerTime);
  }

  /** All timers have fired and asked for nothing, or that was told. */
  #finishLingering(): void {
    this.#late.leave(undefined);
    this.#quiet.abort();
    void this.end();
  }

  async #answer(current: Current, request: Extract<FromWorker, { type: 'request' }>): Promise<void> {
    const { token, id } = request;
    try {
      const value = await current.onRequest?.(request.kind, request.step, request.args as never);
      current.requests.close(id);
      this.#enclosure.send({ type: 'answer', token, id, value });
    } catch (error) {
      current.requests.close(id);
      const plain: PlainError = toPlainError(error, this.#options.workspace);
      this.#enclosure.send({ type: 'refusal', token, id, error: plain });
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

  #causeOf(death: Death): Error {
    if ('error' in death) return death.error;
    if ('signal' in death) return failure('HANDLER_KILLED', this.#subject, death.signal);
    if ('exitCode' in death) return failure('HANDLER_EXITED', this.#subject, death.exitCode);
    return failure('HANDLER_OUT_OF_MEMORY', this.#subject, this.#options.memory);
  }

  #print(line: string): void {
    this.#options.onOutput(this.#subject, line);
  }

  #finishOutput(): void {
    const dropped = this.#raw.finish() + this.#dropped;
    this.#dropped = 0;
    if (dropped > 0) this.#print(droppedNotice(dropped));
  }
}
