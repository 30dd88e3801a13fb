import { messageOf } from '../base/errors.ts';
import { systemFailure } from '../base/system-error.ts';
import { printWarning } from './print.ts';
import { exitCodes, report } from './report.ts';

const isClosed = (error: NodeJS.ErrnoException): boolean => error.code === 'EPIPE';

const outputError = (error: Error): unknown => systemFailure(error, 'Standard output') ?? error;

function exitForError(error: NodeJS.ErrnoException): void {
  process.exit(isClosed(error) ? exitCodes.ok : report(outputError(error), false));
}

/**
 * A reader that closes the pipe early (`messenger … | head`) is not an error: the command just ends. If the
 * output cannot be written (`> FILE` on a full disk), the command fails.
 */
export function exitWhenOutputCloses(): void {
  process.stdout.on('error', exitForError);
  // Lost output of handlers must not stop the command.
  process.stderr.on('error', () => {});
}

/** From here on, the command continues even when its output can no longer be written. */
export function continueWhenOutputCloses(): void {
  let isReported = false;
  process.stdout.off('error', exitForError).on('error', (error) => {
    if (!isReported && !isClosed(error))
      printWarning(`Warning: ${messageOf(outputError(error))} The work continues.`);
    isReported = true;
  });
}
