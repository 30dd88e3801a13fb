import type { ActiveHandler } from '../authoring/active-handler.ts';
import { calledFrom, callSite } from '../authoring/call-site.ts';
import {
  durableKinds,
  isQuery,
  type RequestKind,
  type RequestPort,
  type Requests,
} from '../authoring/requests.ts';
import { failure, MessengerError, sentenceOf } from '../base/errors.ts';
import { refuseLoss } from '../base/exact-json.ts';
import { isRecord } from '../domain/validation/coerce.ts';
import { fromPlainError } from './plain-error.ts';
import type { FromThread, ToThread } from './protocol.ts';

/** More than any handler awaits at once; a loop that awaits nothing would drown the main thread in them. */
const maxOpenRequests = 1_000;

interface Waiting {
  kind: RequestKind;
  /** Where the handler asked for it. */
  site: Error;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

const isDurable = (kind: RequestKind): boolean => durableKinds.some((durable) => durable === kind);

/** What a request is called in a sentence. */
const nameOf = (kind: RequestKind): string => (kind === 'sleep' ? 'sleep()' : `composer() (${kind})`);

/** The way out of a port: to the main thread, and to whoever tells that something came too late. */
interface Outlet {
  send: (message: FromThread) => void;
  onLate: (error: unknown) => void;
}

/** The requests of one run, as the thread it runs in sends them and waits for their answers. */
export class ThreadPort implements RequestPort, ActiveHandler {
  readonly #outlet: Outlet;
  readonly #run: number;
  readonly #waiting = new Map<number, Waiting>();
  readonly #open = new Set<Promise<void>>();
  /** Requests are sent in the order of their calls: one whose file is still being read holds up those after it. */
  #turn: Promise<void> | undefined;
  /** Refusals of what came too late: that they came is told already. */
  readonly #told = new Set<unknown>();
  #requests = 0;
  #steps = 0;
  #closed = false;

  /** @param run the number of the run in its thread: an answer to an earlier one is none of ours */
  constructor(run: number, outlet: Outlet) {
    this.#run = run;
    this.#outlet = outlet;
  }

  /** Whether nothing can be asked any more. */
  get ended(): boolean {
    return this.#closed;
  }

  late(what: string, site: Error): void {
    this.#outlet.onLate(calledFrom(failure('FORGOTTEN_AWAIT', what), site));
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
    const refused = this.#refusal(kind, site);
    if (refused !== undefined) return Promise.reject(refused);
    const id = ++this.#requests;
    // Counted at the call, so that a handler that starts again counts alike however long its files take.
    const step = isDurable(kind) ? ++this.#steps : null;
    return new Promise((resolve, reject) => {
      this.#wait(id, { kind, site, resolve, reject });
      const send = (ready: unknown) =>
        this.#outlet.send({ type: 'request', run: this.#run, id, kind, step, args: ready });
      this.#inTurn(kind, id, args, send);
    });
  }

  /** Takes the answer to a request. */
  settle(message: Extract<ToThread, { run: number }>): void {
    if (message.run !== this.#run) return;
    if (message.type === 'answer') this.#take(message.id)?.resolve(message.value as never);
    else this.#refuse(message.id, fromPlainError(message.error));
  }

  /** Waits for what the handler began and did not await; afterwards nothing can be asked any more. */
  async close(): Promise<void> {
    while (this.#open.size > 0) await Promise.all(this.#open);
    this.#closed = true;
    // What still waits only asks, and nobody waits for it: what was to come after it never will.
    for (const { kind, site } of this.#waiting.values()) this.late(nameOf(kind), site);
  }

  /** Why nothing can be asked now, if so. */
  #refusal(kind: RequestKind, site: Error): unknown {
    if (this.#closed) {
      this.late(nameOf(kind), site);
      return this.#asTold(calledFrom(failure('HANDLER_OUTSIDE_RUN', nameOf(kind)), site));
    }
    if (this.#waiting.size < maxOpenRequests) return undefined;
    return calledFrom(failure('TOO_MANY_REQUESTS', maxOpenRequests), site);
  }

  #inTurn(kind: RequestKind, id: number, args: unknown, send: (ready: unknown) => void): void {
    const attempt = async () => {
      try {
        const ready = args instanceof Promise ? await args : args;
        sendPlain(kind, ready, () => send(ready));
      } catch (error) {
        this.#refuse(id, error);
      }
    };
    if (isQuery(kind) || (this.#turn === undefined && !(args instanceof Promise))) return void attempt();
    const turn = (this.#turn ?? Promise.resolve()).then(attempt).then(() => {
      if (this.#turn === turn) this.#turn = undefined;
    });
    this.#turn = turn;
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
    }).finally(() => this.#open.delete(settled));
    if (!isQuery(asked.kind)) this.#open.add(settled);
  }
}

/** Only plain data can leave the thread: a function in an `extra` cannot. */
function sendPlain(kind: RequestKind, args: unknown, send: () => void): void {
  try {
    // What JSON cannot hold would be lost where it is stored.
    if (isRecord(args) && 'extra' in args) JSON.stringify(args.extra, refuseLoss);
    send();
  } catch (error) {
    const reason = `its arguments must be plain data, and ${sentenceOf(error)}`;
    throw error instanceof MessengerError ? error : failure('EFFECT_REFUSED', `do ${nameOf(kind)}`, reason);
  }
}
