import { CommanderError } from 'commander';
import { MessengerError } from '../base/errors.ts';
import { systemFailure } from '../base/system-error.ts';
import { type ErrorJson, errorJson } from './json.ts';
import { fieldLines } from './table.ts';
import { warn } from './tell.ts';

/** How the process ends. */
export const exitCodes = { ok: 0, failed: 1, wrongUse: 2 } as const;

/**
 * Tells what went wrong and gives the exit code: a sentence for a person on standard error, and with `--json` the
 * same as an object on standard output.
 */
export function report(error: unknown, json: boolean): number {
  if (error instanceof CommanderError) return reportUse(error, json);
  const known = error instanceof MessengerError ? error : systemFailure(error);
  if (known) return reportKnown(known, json);
  console.error('Something went wrong inside messenger itself. Please report it with these lines:');
  console.error(error);
  if (json) printError(errorJson(error));
  return exitCodes.failed;
}

/** Commander has told it already. Asked for help or the version it ends in the same way, with the code 0. */
function reportUse({ exitCode, message }: CommanderError, json: boolean): number {
  if (exitCode === 0) return exitCodes.ok;
  if (json) printError({ code: 'WRONG_USE', message: message.replace(/^error: /, '') });
  return exitCodes.wrongUse;
}

function reportKnown(error: MessengerError, json: boolean): number {
  warn(`Error: ${error.message}`);
  for (const line of fieldLines(error.errors ?? {})) warn(`  ${line}`);
  // Its stack holds the author's own frames alone.
  if (error.code === 'HANDLER_THREW' && error.stack) warn(error.stack.replace(/^/gm, '  '));
  if (json) printError(errorJson(error));
  return error.status === 400 ? exitCodes.wrongUse : exitCodes.failed;
}

const printError = (error: ErrorJson): void => console.log(JSON.stringify({ error }));
