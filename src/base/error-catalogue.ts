import { commandErrors } from './error-catalogue/commands.ts';
import { daemonErrors } from './error-catalogue/daemon.ts';
import { databaseErrors } from './error-catalogue/database.ts';
import { handlerErrors } from './error-catalogue/handlers.ts';
import { requestErrors } from './error-catalogue/requests.ts';
import { testingErrors } from './error-catalogue/testing.ts';

/**
 * Every error that the product raises on purpose.
 *
 * A message states what was found, why it matters and what to do. The command line exits with 2 for status
 * 400 (wrong use) and with 1 for the rest. `docs/errors.md` explains each code; a test keeps both in step.
 */
export const errorCatalogue = {
  ...commandErrors,
  ...handlerErrors,
  ...requestErrors,
  ...daemonErrors,
  ...databaseErrors,
  ...testingErrors,
};
