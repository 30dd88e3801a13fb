import { exitCodes } from './report.ts';

const isClosed = (error: NodeJS.ErrnoException): boolean => error.code === 'EPIPE';

function endWithReader(error: NodeJS.ErrnoException): void {
  if (isClosed(error)) process.exit(exitCodes.ok);
  throw error;
}

/** A reader that has seen enough (`messenger … | head`) is no error: there is nothing left to do. */
export function expectReader(): void {
  process.stdout.on('error', endWithReader);
  // What handlers print is lost where nobody takes it; the work goes on.
  process.stderr.on('error', () => {});
}

/** From here on the work counts, not what is printed: it goes on when nobody reads any more. */
export function outliveReader(): void {
  process.stdout.off('error', endWithReader).on('error', () => {});
}
