import { messageOf } from '../base/errors.ts';
import { systemFailure } from '../base/system-error.ts';
import { exitCodes, report } from './report.ts';
import { warn } from './tell.ts';

const isClosed = (error: NodeJS.ErrnoException): boolean => error.code === 'EPIPE';

const refusal = (error: Error): unknown => systemFailure(error, 'Standard output') ?? error;

function endWithReader(error: NodeJS.ErrnoException): void {
  process.exit(isClosed(error) ? exitCodes.ok : report(refusal(error), false));
}

/**
 * A reader that has seen enough (`messenger … | head`) is no error: there is nothing left to do. Where the output
 * cannot be written (`> FILE` on a full disk) the command has failed.
 */
export function expectReader(): void {
  process.stdout.on('error', endWithReader);
  // What handlers print is lost where nobody takes it; the work goes on.
  process.stderr.on('error', () => {});
}

/** From here on the work counts, not what is printed: it goes on when nobody reads any more. */
export function outliveReader(): void {
  let isTold = false;
  process.stdout.off('error', endWithReader).on('error', (error) => {
    if (!isTold && !isClosed(error)) warn(`Warning: ${messageOf(refusal(error))} The work goes on.`);
    isTold = true;
  });
}
