import { outsideRequests, setAuthorizing } from '../base/authorizing.ts';
import { createError } from '../base/errors.ts';

const registering = new WeakSet<object>();

/** Whether a loaded configuration registers handlers. It then counts as one of the handler files. */
export const registersHandlers = (config: object): boolean => registering.has(config);

/**
 * The `MessengerBots` that a configuration sees. It only records that the configuration registers something.
 * The workers that load handlers run the configuration again and read what it registers.
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

  /** Records whether a configuration registers handlers. */
  mark(config: object): void {
    if (this.#registers) registering.add(config);
  }

  #register(call: string): void {
    if (!this.#isLoading) throw createError('REGISTERED_TOO_LATE', `MessengerBots.${call}()`);
    this.#registers = true;
  }
}
