import { AsyncLocalStorage } from 'node:async_hooks';
import type { Store } from './store.ts';

type Work<Result> = (store: Store) => Promise<Result>;

const current = new AsyncLocalStorage<Recording>();

/**
 * The transactions of one request, each stored together with its result.
 *
 * A request that is repeated after a crash, before its answer was stored, runs again with the first
 * recording. Each committed transaction then returns its recorded result and does nothing.
 */
export class Recording {
  readonly #results: Array<string | null>;
  readonly #save: (store: Store, results: string) => Promise<void>;
  #begun = 0;
  #isOver = false;

  /**
   * @param results what {@link save} received the last time; `[]` for a new request
   * @param save stores the results so far, inside the last transaction
   */
  constructor(results: string, save: (store: Store, results: string) => Promise<void>) {
    this.#results = JSON.parse(results);
    this.#save = save;
  }

  /** Runs a request and records every transaction that it begins. */
  async run<Result>(request: () => Promise<Result>): Promise<Result> {
    try {
      return await current.run(this, request);
    } finally {
      // Work that the request started may take longer, and is not part of it.
      this.#isOver = true;
    }
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Runs a transaction, or returns its recorded result. */
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

/** Runs a transaction, recorded if it is part of a recorded request. */
export function recorded<Result>(
  transaction: (work: Work<Result>) => Promise<Result>,
  work: Work<Result>,
): Promise<Result> {
  const recording = current.getStore();
  return recording === undefined || recording.isOver
    ? transaction(work)
    : recording.transact(transaction, work);
}
