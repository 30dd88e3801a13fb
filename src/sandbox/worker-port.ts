import type { ActiveHandler } from '../authoring/active-handler.ts';
import { calledFrom, callSite } from '../authoring/call-site.ts';
import { prepareArguments, type RequestKind, refusal } from '../authoring/request-arguments.ts';
import { isDurable, isQuery, type RequestPort, type Requests } from '../authoring/requests.ts';
import { createError, messageOf } from '../base/errors.ts';
import type { OutgoingLimits } from '../domain/outgoing.ts';
import { fromPlainError } from './plain-error.ts';
import { type FromWorker, maxOpenRequests, type ToWorker } from './protocol.ts';
import { Room } from './room.ts';

interface Waiting {
  kind: RequestKind;
  /** Where the handler asked for it. */
  site: Error;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

/** A request on its way. */
interface Call {
  id: number;
  kind: RequestKind;
  step: number | null;
  /** Of a file that is still being read, a promise. */
  args: unknown;
}

/** What a request is called in a sentence. */
const nameOf = (kind: RequestKind): string => (kind === 'sleep' ? 'sleep()' : `composer() (${kind})`);

/** The way out of a port: to the daemon, and to whoever tells that something came too late. */
interface Outlet {
  send: (message: FromWorker) => void;
  onLate: (error: unknown) => void;
}

/** The requests of one run, as the worker sends them and waits for their answers. */
export class WorkerPort implements RequestPort, ActiveHandler {
  readonly #outlet: Outlet;
  readonly #token: string;
  readonly #limits: OutgoingLimits;
  readonly #waiting = new Map<number, Waiting>();
  readonly #open = new Map<number, Promise<void>>();
  /** Requests are sent in the order of their calls: one whose file is still being read holds up those after it. */
  #turn: Promise<void> | undefined;
  /** A loop that awaits nothing would drown the daemon in requests: what is too much waits here. */
  readonly #room = new Room(maxOpenRequests);
  /** Refusals of what came too late: that they came is told already. */
  readonly #told = new Set<unknown>();
  #requests = 0;
  #steps = 0;
  #closed = false;

  /** @param token of the run: an answer to an earlier one is none of ours */
  constructor(token: string, limits: OutgoingLimits, outlet: Outlet) {
    this.#token = token;
    this.#limits = limits;
    this.#outlet = outlet;
  }

  /** Whether nothing can be asked any more. */
  get ended(): boolean {
    return this.#closed;
  }

  late(what: string, site: Error): void {
    this.#outlet.onLate(calledFrom(createError('FORGOTTEN_AWAIT', what), site));
  }

  hasTold(thrown: unknown): boolean {
    return this.#told.has(thrown);
  }

  failLate(thrown: unknown): void {
    this.#outlet.onLate(thrown);
  }

  request<Kind extends RequestKind>(
    kind: Kind,
    args: Requests[Kind]['args'] | Promise<Requests[Kind]['args']>,
  ): Promise<Requests[Kind]['answer']> {
    const site = callSite();
    // Refused when its turn comes; until then its rejection would count as one that nobody handles.
    if (args instanceof Promise) args.catch(() => undefined);
    if (this.#closed) return Promise.reject(this.#tooLate(kind, site));
    const id = ++this.#requests;
    // Counted at the call, so that a handler that starts again counts alike however long its files take.
    const step = isDurable(kind) ? ++this.#steps : null;
    return new Promise((resolve, reject) => {
      this.#wait(id, { kind, site, resolve, reject });
      try {
        // Now, since the handler may change what it handed over while that waits.
        const prepared = args instanceof Promise ? args : prepareArguments(kind, args, this.#limits);
        this.#inTurn({ id, kind, step, args: prepared });
      } catch (error) {
        this.#refuse(id, error);
      }
    });
  }

  /** Takes the answer to a request. */
  settle(message: Extract<ToWorker, { id: number }>): void {
    if (message.token !== this.#token) return;
    this.#room.leave();
    if (message.type === 'answer') this.#take(message.id)?.resolve(message.value as never);
    else this.#refuse(message.id, fromPlainError(message.error));
  }

  /** Waits for what the handler began and did not await; afterwards nothing can be asked any more. */
  async close(): Promise<void> {
    while (this.#open.size > 0) await Promise.all(this.#open.values());
    this.#closed = true;
    // What still waits only asks, and nobody waits for it: what was to come after it never will.
    for (const { kind, site } of this.#waiting.values()) this.late(nameOf(kind), site);
  }

  #tooLate(kind: RequestKind, site: Error): unknown {
    this.late(nameOf(kind), site);
    return this.#asTold(calledFrom(createError('HANDLER_OUTSIDE_RUN', nameOf(kind)), site));
  }

  #inTurn(call: Call): void {
    const waits = this.#turn !== undefined || call.args instanceof Promise || this.#room.isFull;
    if (isQuery(call.kind) || !waits) return void this.#send(call);
    const turn = (this.#turn ?? Promise.resolve())
      .then(() => this.#send(call))
      // One file at a time: the daemon would hold all that have no answer yet.
      .then(() => (call.kind === 'upload' ? this.#open.get(call.id) : undefined))
      .then(() => {
        if (this.#turn === turn) this.#turn = undefined;
      });
    this.#turn = turn;
  }

  /** Sends at once what is ready and has room. */
  async #send({ id, kind, step, args }: Call): Promise<void> {
    try {
      const ready = args instanceof Promise ? prepareArguments(kind, await args, this.#limits) : args;
      const place = this.#room.enter();
      if (place) await place;
      // A question that nobody waits for any more is not asked.
      if (!this.#closed) this.#post({ type: 'request', token: this.#token, id, kind, step, args: ready });
    } catch (error) {
      this.#refuse(id, error);
    }
  }

  #post(request: Extract<FromWorker, { type: 'request' }>): void {
    try {
      this.#outlet.send(request);
    } catch (error) {
      // Bytes whose buffer was handed over to somebody else meanwhile.
      this.#room.leave();
      throw refusal(request.kind, messageOf(error));
    }
  }

  #refuse(id: number, error: unknown): void {
    const waiting = this.#take(id);
    if (waiting === undefined) return;
    const refused = calledFrom(error, waiting.site);
    waiting.reject(this.#closed ? this.#asTold(refused) : refused);
  }

  #asTold(refused: unknown): unknown {
    this.#told.add(refused);
    return refused;
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  /** Beside the promise the handler gets: looking at that one would hide a rejection nobody handles. */
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
