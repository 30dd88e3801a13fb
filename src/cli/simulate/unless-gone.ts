import { MessengerError } from '../../base/errors.ts';

/** Returns nothing for the error of a daemon that has gone; throws any other. */
export function unlessGone(error: unknown): undefined {
  const isGone =
    error instanceof MessengerError && ['DAEMON_NOT_RUNNING', 'DAEMON_SILENT'].includes(error.code);
  if (!isGone) throw error;
}
