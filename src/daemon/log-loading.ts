import type { App } from '../app.ts';
import type { Logger } from '../base/logger.ts';

type Problems = App['catalogue']['problems'];

/** Why files gave no handlers. A broken file is read with every change; it is told of when what is wrong with it is new. */
export class ToldProblems {
  readonly #logger: Logger;
  #told = new Set<string>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** @param problems all that there are now */
  tell(problems: Problems): void {
    for (const { message } of problems) if (!this.#told.has(message)) this.#logger.warn(message);
    this.#told = new Set(problems.map(({ message }) => message));
  }
}

/**
 * Writes into the log what comes of loading the handlers: what is wrong with a file as soon as it was read, and in the
 * end what nobody reads and what handlers lack.
 *
 * @param concerned which handlers are to be told of that lack something
 */
export async function logLoading(
  app: App,
  logger: Logger,
  told: ToldProblems,
  concerned: () => ReadonlyArray<{ alias: string }>,
): Promise<void> {
  const { catalogue } = app;
  const before = new Set(app.warnings);
  for (const message of before) logger.warn(message);
  const begun = performance.now();
  while (catalogue.isLoading) {
    await catalogue.nextChange();
    // Whether two files have the same alias is known in the end.
    told.tell(catalogue.brokenFiles());
  }
  await catalogue.whenLoaded();
  told.tell(catalogue.problems);
  for (const message of app.warnings) if (!before.has(message)) logger.warn(message);
  const aliases = concerned().map(({ alias }) => alias);
  for (const { message } of catalogue.noticesOf(aliases)) logger.warn(message);
  const milliseconds = Math.round(performance.now() - begun);
  logger.debug({ handlers: catalogue.registered().length, milliseconds }, 'handlers loaded');
}
