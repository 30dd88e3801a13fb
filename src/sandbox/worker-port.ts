import { setImmediate } from 'node:timers';
import type { ActiveHandler } from '../authoring/active-handler.ts';
import { calledFrom, callSite } from '../authoring/call-site.ts';
import { effectRejected, prepareArguments, type RequestKind } from '../authoring/request-arguments.ts';
import { isDurable, isPresence, isQuery, type RequestPort, type Requests } from '../authoring/requests.ts';
import { createError, messageOf } from '../base/errors.ts';
import { isRecord } from '../base/is-record.ts';
import type { OutgoingLimits } from '../domain/outgoing.ts';
import type { TraceHttpCall } from '../domain/run-trace.ts';
import { fromPlainError } from './plain-error.ts';
import { type FromWorker, maxOpenRequests, type ToWorker } from './protocol.ts';
import { Semaphore } from './semaphore.ts';

interface Waiting {
  kind: RequestKind;
  /** Where the handler made the call. */
  site: Error;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

/** A request that is being sent. */
interface Call {
  id: number;
  kind: RequestKind;
  step: number | null;
  /** A promise if a file is still being read. */
  args: unknown;
  /** Called in the turn of the event loop after it was sent. */
  onSent: (() => void) | undefined;
}

/** The name of a request in messages. */
const nameOf = (kind: RequestKind): string =>
  kind === 'sleep' || kind === 'fetch' ? `${kind}()` : `composer() (${kind})`;

/** The most HTTP requests of a run that are reported. */
const maxHttpCalls = 1_000;

/** Whether a request is made by the bot of the run, which is known to exist. */
const isOwn = (args: unknown): boolean => isRecord(args) && args.botId === null;

/** Where a port sends requests, and where it reports what came too late. */
interface Outlet {
  send: (message: FromWorker) => void;
  onLate: (error: unknown) => void;
}

/** The requests of one run, which the worker sends and whose answers it awaits. */
export class WorkerPort implements RequestPort, ActiveHandler {
  readonly #outlet: Outlet;
  readonly #token: string;
  readonly #limits: OutgoingLimits;
  readonly #waiting = new Map<number, Waiting>();
  readonly #open = new Map<number, Promise<void>>();
  /** Requests are sent in call order. One whose file is still being read holds up later ones. */
  #turn: Promise<void> | undefined;
  /** A loop that awaits nothing would flood the daemon with requests. The excess waits here. */
  readonly #permits = new Semaphore(maxOpenRequests);
  /** Errors for late calls that were already reported. */
  readonly #reported = new Set<unknown>();
  #requests = 0;
  #httpCalls = 0;
  #steps = 0;
  #closed = false;

  /** @param token the run's token, to ignore answers to an earlier run */
  constructor(token: string, limits: OutgoingLimits, outlet: Outlet) {
    this.#token = token;
    this.#limits = limits;
    this.#outlet = outlet;
  }

  /** Whether no more requests are possible. */
  get ended(): boolean {
    return this.#closed;
  }

  late(what: string, site: Error): void {
    this.#outlet.onLate(calledFrom(createError('FORGOTTEN_AWAIT', what), site));
  }

  wasReported(thrown: unknown): boolean {
    return this.#reported.has(thrown);
  }

  failLate(thrown: unknown): void {
    this.#outlet.onLate(thrown);
  }

  sentHttp(call: Omit<TraceHttpCall, 'at'>): void {
    if (!this.#closed && ++this.#httpCalls <= maxHttpCalls)
      this.#outlet.send({ type: 'http', token: this.#token, call });
  }

  /** Resolves with the answer. What only shows a state of the run's own bot is not waited for once it is sent. */
  request<Kind extends RequestKind>(
    kind: Kind,
    args: Requests[Kind]['args'] | Promise<Requests[Kind]['args']>,
  ): Promise<Requests[Kind]['answer']> {
    const site = callSite();
    // Rejected in its turn; until then its rejection would count as unhandled.
    if (args instanceof Promise) args.catch(() => undefined);
    if (this.#closed) return Promise.reject(this.#tooLate(kind, site));
    const id = ++this.#requests;
    // Counted at the call, so that a restarted handler counts the same however long its files take to read.
    const step = isDurable(kind) ? ++this.#steps : null;
    return new Promise((resolve, reject) => {
      this.#wait(id, { kind, site, resolve, reject });
      try {
        // Copied now, since the handler may change the arguments while they wait.
        const prepared = args instanceof Promise ? args : prepareArguments(kind, args, this.#limits);
        const onSent = isPresence(kind) && isOwn(args) ? () => resolve(null as never) : undefined;
        this.#inTurn({ id, kind, step, args: prepared, onSent });
      } catch (error) {
        this.#reject(id, error);
      }
    });
  }

  /** Handles the answer to a request. */
  settle(message: Extract<ToWorker, { id: number }>): void {
    if (message.token !== this.#token) return;
    this.#permits.release();
    if (message.type === 'answer') this.#take(message.id)?.resolve(message.value as never);
    else this.#reject(message.id, fromPlainError(message.error));
  }

  /** Waits for what the handler began and did not await. No requests are possible afterwards. */
  async close(): Promise<void> {
    while (this.#open.size > 0) await Promise.all(this.#open.values());
    this.#closed = true;
    // What is still pending are queries that nobody awaits: the code after them will never run.
    for (const { kind, site } of this.#waiting.values()) this.late(nameOf(kind), site);
  }

  #tooLate(kind: RequestKind, site: Error): unknown {
    this.late(nameOf(kind), site);
    return this.#markReported(calledFrom(createError('HANDLER_OUTSIDE_RUN', nameOf(kind)), site));
  }

  #inTurn(call: Call): void {
    const waits = this.#turn !== undefined || call.args instanceof Promise || this.#permits.isFull;
    if (isQuery(call.kind) || !waits) return void this.#send(call);
    const turn = (this.#turn ?? Promise.resolve())
      .then(() => this.#send(call))
      // One file at a time, or the daemon would hold all that are still unanswered.
      .then(() => (call.kind === 'upload' ? this.#open.get(call.id) : undefined))
      .then(() => {
        if (this.#turn === turn) this.#turn = undefined;
      });
    this.#turn = turn;
  }

  /** Sends a request as soon as its arguments are ready and there is room. */
  async #send({ id, kind, step, args, onSent }: Call): Promise<void> {
    try {
      const ready = args instanceof Promise ? prepareArguments(kind, await args, this.#limits) : args;
      const place = this.#permits.acquire();
      if (place) await place;
      // A query that nobody awaits any more is not sent.
      if (!this.#closed) this.#post({ type: 'request', token: this.#token, id, kind, step, args: ready });
      // Not at once: a handler that shows it in a loop would keep everything else that it waits for from happening.
      if (onSent) setImmediate(onSent);
    } catch (error) {
      this.#reject(id, error);
    }
  }

  #post(request: Extract<FromWorker, { type: 'request' }>): void {
    try {
      this.#outlet.send(request);
    } catch (error) {
      // The buffer of the bytes was transferred elsewhere meanwhile.
      this.#permits.release();
      throw effectRejected(request.kind, messageOf(error));
    }
  }

  #reject(id: number, error: unknown): void {
    const waiting = this.#take(id);
    if (waiting === undefined) return;
    const rejection = calledFrom(error, waiting.site);
    waiting.reject(this.#closed ? this.#markReported(rejection) : rejection);
  }

  #markReported(rejection: unknown): unknown {
    this.#reported.add(rejection);
    return rejection;
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  /**
   * Tracks the request with a promise of its own: observing the handler's would hide an unhandled rejection.
   */
  #wait(id: number, { resolve, reject, ...asked }: Waiting): void {
    const settled = new Promise<void>((settle) => {
      const after =
        <Value>(then: (value: Value) => void) =>
        (value: Value) => {
          then(value);
          settle();
        };
      this.#waiting.set(id, { ...asked, resolve: after(resolve), reject: after(reject) });
    }).finally(() => this.#open.delete(id));
    if (!isQuery(asked.kind)) this.#open.set(id, settled);
  }
}
