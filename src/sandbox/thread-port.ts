import { durableKinds, type RequestKind, type RequestPort, type Requests } from '../authoring/requests.ts';
import { failure } from '../base/errors.ts';
import { fromPlainError } from './plain-error.ts';
import type { FromThread, ToThread } from './protocol.ts';

interface Waiting {
  resolve: (value: never) => void;
  reject: (error: Error) => void;
}

const isDurable = (kind: RequestKind): boolean => durableKinds.some((durable) => durable === kind);

/** The requests of one run, as the thread it runs in sends them and waits for their answers. */
export class ThreadPort implements RequestPort {
  readonly #send: (message: FromThread) => void;
  readonly #run: number;
  readonly #waiting = new Map<number, Waiting>();
  readonly #open = new Set<Promise<void>>();
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
    args: Requests[Kind]['args'],
  ): Promise<Requests[Kind]['answer']> {
    if (this.#closed) return Promise.reject(failure('HANDLER_OUTSIDE_RUN', `composer() (${kind})`));
    const id = ++this.#requests;
    const step = isDurable(kind) ? ++this.#steps : null;
    return new Promise((resolve, reject) => {
      this.#send({ type: 'request', run: this.#run, id, kind, step, args });
      this.#wait(id, { resolve, reject });
    });
  }

  /** Takes the answer to a request. */
  settle(message: Exclude<ToThread, { type: 'operation' }>): void {
    if (message.run !== this.#run) return;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.type === 'answer') waiting?.resolve(message.value as never);
    else waiting?.reject(fromPlainError(message.error));
  }

  /** Waits for what the handler began and did not await; afterwards nothing can be asked any more. */
  async close(): Promise<void> {
    while (this.#open.size > 0) await Promise.all(this.#open);
    this.#closed = true;
  }

  /** Beside the promise the handler gets: looking at that one would hide a rejection nobody handles. */
  #wait(id: number, { resolve, reject }: Waiting): void {
    const settled = new Promise<void>((settle) => {
      const after =
        <Value>(then: (value: Value) => void) =>
        (value: Value) => {
          then(value);
          settle();
        };
      this.#waiting.set(id, { resolve: after(resolve), reject: after(reject) });
    }).finally(() => this.#open.delete(settled));
    this.#open.add(settled);
  }
}
