import { AsyncLocalStorage } from 'node:async_hooks';
import type { Store } from './store.ts';

type Work<Result> = (store: Store) => Promise<Result>;

const current = new AsyncLocalStorage<Recording>();

/**
 * The transactions of one request, each stored together with what it returned.
 *
 * A request that comes again after a crash, before its answer was stored, is done again with a recording of the
 * first time: each transaction that was committed then returns what it returned, and does nothing.
 */
export class Recording {
  readonly #results: Array<string | null>;
  readonly #save: (store: Store, results: string) => Promise<void>;
  #begun = 0;
  #isOver = false;

  /**
   * @param results what {@link save} was given the last time; `[]` for a request that is new
   * @param save stores what the transactions have returned until now, inside the last of them
   */
  constructor(results: string, save: (store: Store, results: string) => Promise<void>) {
    this.#results = JSON.parse(results);
    this.#save = save;
  }

  /** Does a request; every transaction that it begins is recorded. */
  async run<Result>(request: () => Promise<Result>): Promise<Result> {
    try {
      return await current.run(this, request);
    } finally {
      // What the request has set off may go on longer, and is not part of it.
      this.#isOver = true;
    }
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Does a transaction, or returns what it returned when it was done. */
  async transact<Result>(
    transaction: (work: Work<Result>) => Promise<Result>,
    work: Work<Result>,
  ): Promise<Result> {
    const place = this.#begun++;
    const before = this.#results[place];
    if (typeof before === 'string') return JSON.parse(before).result;
    return transaction(async (store) => {
      const result = await work(store);
      const results = [...this.#results];
      results[place] = JSON.stringify({ result });
      await this.#save(store, JSON.stringify(results));
      this.#results[place] = results[place];
      return result;
    });
  }
}

/** Does a transaction, recorded where it is part of a request that is recorded. */
export function recorded<Result>(
  transaction: (work: Work<Result>) => Promise<Result>,
  work: Work<Result>,
): Promise<Result> {
  const recording = current.getStore();
  return recording === undefined || recording.isOver
    ? transaction(work)
    : recording.transact(transaction, work);
}
