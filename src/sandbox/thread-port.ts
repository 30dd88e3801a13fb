import {
  durableKinds,
  isQuery,
  type RequestKind,
  type RequestPort,
  type Requests,
} from '../authoring/requests.ts';
import { failure } from '../base/errors.ts';
import { fromPlainError } from './plain-error.ts';
import type { FromThread, ToThread } from './protocol.ts';

/** More than any handler awaits at once; a loop that awaits nothing would drown the main thread in them. */
const maxOpenRequests = 1_000;

interface Waiting {
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

const isDurable = (kind: RequestKind): boolean => durableKinds.some((durable) => durable === kind);

/** The requests of one run, as the thread it runs in sends them and waits for their answers. */
export class ThreadPort implements RequestPort {
  readonly #send: (message: FromThread) => void;
  readonly #run: number;
  readonly #waiting = new Map<number, Waiting>();
  readonly #open = new Set<Promise<void>>();
  /** Requests are sent in the order of their calls: one whose file is still being read holds up those after it. */
  #turn: Promise<void> | undefined;
  #requests = 0;
  #steps = 0;
  #closed = false;

  /** @param run the number of the run in its thread: an answer to an earlier one is none of ours */
  constructor(run: number, send: (message: FromThread) => void) {
    this.#run = run;
    this.#send = send;
  }

  request<Kind extends RequestKind>(
    kind: Kind,
    args: Requests[Kind]['args'] | Promise<Requests[Kind]['args']>,
  ): Promise<Requests[Kind]['answer']> {
    if (this.#closed) return Promise.reject(failure('HANDLER_OUTSIDE_RUN', `composer() (${kind})`));
    if (this.#waiting.size >= maxOpenRequests) {
      return Promise.reject(failure('TOO_MANY_REQUESTS', maxOpenRequests));
    }
    // Refused when its turn comes; until then its rejection would count as one that nobody handles.
    if (args instanceof Promise) args.catch(() => undefined);
    const id = ++this.#requests;
    // Counted at the call, so that a handler that starts again counts alike however long its files take.
    const step = isDurable(kind) ? ++this.#steps : null;
    return new Promise((resolve, reject) => {
      this.#wait(id, { resolve, reject }, !isQuery(kind));
      const send = (ready: unknown) =>
        this.#send({ type: 'request', run: this.#run, id, kind, step, args: ready });
      this.#inTurn(kind, id, args, send);
    });
  }

  /** Takes the answer to a request. */
  settle(message: Exclude<ToThread, { type: 'operation' }>): void {
    if (message.run !== this.#run) return;
    if (message.type === 'answer') this.#take(message.id)?.resolve(message.value as never);
    else this.#take(message.id)?.reject(fromPlainError(message.error));
  }

  /** Waits for what the handler began and did not await; afterwards nothing can be asked any more. */
  async close(): Promise<void> {
    while (this.#open.size > 0) await Promise.all(this.#open);
    this.#closed = true;
  }

  #inTurn(kind: RequestKind, id: number, args: unknown, send: (ready: unknown) => void): void {
    const attempt = async () => {
      try {
        send(args instanceof Promise ? await args : args);
      } catch (error) {
        this.#take(id)?.reject(error);
      }
    };
    if (isQuery(kind) || (this.#turn === undefined && !(args instanceof Promise))) return void attempt();
    const turn = (this.#turn ?? Promise.resolve()).then(attempt).then(() => {
      if (this.#turn === turn) this.#turn = undefined;
    });
    this.#turn = turn;
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  /** Beside the promise the handler gets: looking at that one would hide a rejection nobody handles. */
  #wait(id: number, { resolve, reject }: Waiting, keepsOpen: boolean): void {
    const settled = new Promise<void>((settle) => {
      const after =
        <Value>(then: (value: Value) => void) =>
        (value: Value) => {
          then(value);
          settle();
        };
      this.#waiting.set(id, { resolve: after(resolve), reject: after(reject) });
    }).finally(() => this.#open.delete(settled));
    if (keepsOpen) this.#open.add(settled);
  }
}
