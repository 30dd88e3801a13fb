import { outsideRequests, setAuthorizing } from '../base/authorizing.ts';
import { createError } from '../base/errors.ts';

const registering = new WeakSet<object>();

/** Whether a configuration, as it was loaded, registers handlers: then it is one of their files, too. */
export const registersHandlers = (config: object): boolean => registering.has(config);

/**
 * The `MessengerBots` that a configuration sees. What it registers is read where all authors' code is, by the threads
 * that load handlers; here it is only seen that it does.
 */
export class ConfigBots {
  #registers = false;
  #isLoading = true;

  /** @param bots the class that handlers see */
  over(bots: object): object {
    return Object.assign(Object.create(bots), {
      registerHandlers: () => this.#register('registerHandlers'),
      registerPackagedBots: () => this.#register('registerPackagedBots'),
      shouldAuthorize: setAuthorizing,
    });
  }

  /** Loads the configuration, which belongs to no request. */
  async during<Result>(load: () => Promise<Result>): Promise<Result> {
    try {
      return await outsideRequests('a configuration while it is loaded', load);
    } finally {
      this.#isLoading = false;
    }
  }

  /** Remembers of a configuration whether it registers handlers. */
  mark(config: object): void {
    if (this.#registers) registering.add(config);
  }

  #register(call: string): void {
    if (!this.#isLoading) throw createError('REGISTERED_TOO_LATE', `MessengerBots.${call}()`);
    this.#registers = true;
  }
}
