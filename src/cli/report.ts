import { CommanderError } from 'commander';
import { type ErrorJson, errorJson } from '../base/error-json.ts';
import { MessengerError } from '../base/errors.ts';
import { fieldLines } from '../base/field-errors.ts';
import { systemFailure } from '../base/system-error.ts';
import { printWarning } from './print.ts';

/** The exit codes. */
export const exitCodes = { ok: 0, failed: 1, wrongUse: 2, unanswered: 3 } as const;

/**
 * Prints an error and returns the exit code. The message goes to standard error; with `--json`, an object
 * goes to standard output.
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

/** Commander has already printed the error. It also ends this way for help and the version, with code 0. */
function reportUse({ exitCode, message }: CommanderError, json: boolean): number {
  if (exitCode === 0) return exitCodes.ok;
  if (json) printError({ code: 'WRONG_USE', message: message.replace(/^error: /, '') });
  return exitCodes.wrongUse;
}

function reportKnown(error: MessengerError, json: boolean): number {
  printWarning(`Error: ${error.message}`);
  for (const line of fieldLines(error.errors ?? {})) printWarning(`  ${line}`);
  // Its stack contains only frames of the author's code.
  if (error.code === 'HANDLER_THREW' && error.stack) printWarning(error.stack.replace(/^/gm, '  '));
  if (json) printError(errorJson(error));
  return error.status === 400 ? exitCodes.wrongUse : exitCodes.failed;
}

const printError = (error: ErrorJson): void => console.log(JSON.stringify({ error }));
