import { type FromWorker, maxOpenRequests } from './protocol.ts';

/** The requests of one run, seen from the daemon: our composer never sends what this refuses. */
export class OpenRequests {
  readonly #open = new Set<number>();
  #lastStep = 0;

  /** Opens a request. False for one too many, one that is open already, and a step that was asked for before. */
  open({ id, step }: Extract<FromWorker, { type: 'request' }>): boolean {
    if (this.#open.size >= maxOpenRequests || this.#open.has(id)) return false;
    if (step !== null && step <= this.#lastStep) return false;
    this.#open.add(id);
    this.#lastStep = step ?? this.#lastStep;
    return true;
  }

  /** To be called before the answer is sent: then there is room for the next one. */
  close(id: number): void {
    this.#open.delete(id);
  }
}
