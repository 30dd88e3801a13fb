import type { App } from '../app.ts';
import type { Logger } from '../base/logger.ts';

type Problems = App['catalogue']['problems'];

/** Logs why files could not be loaded. Every change reads a broken file again, but logs only new problems. */
export class LoggedProblems {
  readonly #logger: Logger;
  #logged = new Set<string>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** @param problems all current ones */
  log(problems: Problems): void {
    for (const { message } of problems) if (!this.#logged.has(message)) this.#logger.warn(message);
    this.#logged = new Set(problems.map(({ message }) => message));
  }
}

/**
 * Logs the results of loading the handlers: problems of a file as soon as it was read; ignored settings and
 * missing keys at the end.
 *
 * @param relevantHandlers the handlers whose missing keys are logged
 */
export async function logLoading(
  app: App,
  logger: Logger,
  problemLog: LoggedProblems,
  relevantHandlers: () => ReadonlyArray<{ alias: string }>,
): Promise<void> {
  const { catalogue } = app;
  const before = new Set(app.warnings);
  for (const message of before) logger.warn(message);
  const startedAt = performance.now();
  while (catalogue.isLoading) {
    await catalogue.nextChange();
    // Duplicate aliases are only certain at the end.
    problemLog.log(catalogue.brokenFiles());
  }
  await catalogue.whenLoaded();
  problemLog.log(catalogue.problems);
  for (const message of app.warnings) if (!before.has(message)) logger.warn(message);
  const aliases = relevantHandlers().map(({ alias }) => alias);
  for (const { message } of catalogue.noticesOf(aliases)) logger.warn(message);
  const milliseconds = Math.round(performance.now() - startedAt);
  logger.debug({ handlers: catalogue.registered().length, milliseconds }, 'handlers loaded');
}
