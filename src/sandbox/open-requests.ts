import { type FromWorker, maxOpenRequests } from './protocol.ts';

/** The daemon's record of the requests of one run. Our composer never sends what this rejects. */
export class OpenRequests {
  readonly #open = new Set<number>();
  #lastStep = 0;

  /** Opens a request. Returns false if there are too many, it is open, or its step is not a new one. */
  open({ id, step }: Extract<FromWorker, { type: 'request' }>): boolean {
    if (this.#open.size >= maxOpenRequests || this.#open.has(id)) return false;
    if (step !== null && step <= this.#lastStep) return false;
    this.#open.add(id);
    this.#lastStep = step ?? this.#lastStep;
    return true;
  }

  /** Call it before the answer is sent, so that there is room for the next request. */
  close(id: number): void {
    this.#open.delete(id);
  }
}
