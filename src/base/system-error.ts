import { createError, type MessengerError, messageOf } from './errors.ts';

/** What the system's codes mean for the person who named the file. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EBUSY: 'it is in use',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'a file is in its place',
  EIO: 'the disk has an error',
  EISDIR: 'it is a folder and not a file',
  ELOOP: 'its links form a loop',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
  ENFILE: 'too many files are open',
  ENOENT: 'it is not there',
  ENOSPC: 'no space is left on the disk',
  ENOTDIR: 'it is a file, or is in a file, and not a folder',
  EPERM: 'the system does not permit it',
  EROFS: 'the disk cannot be written to',
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** Why the system refused an operation, in words; undefined for any other error. */
export const systemReason = (error: unknown): string | undefined => reasons[codeOf(error)];

/**
 * Turns a system error into one of ours, with the path and the reason; undefined for any other error.
 *
 * @param file the path for errors that do not contain it, such as write errors
 */
export function systemFailure(error: unknown, file?: string): MessengerError | undefined {
  const reason = systemReason(error);
  if (reason !== undefined) return createError('SYSTEM_REFUSED', pathOf(error) ?? file ?? 'A file', reason);
  if (
    codeOf(error) === 'ERR_MODULE_NOT_FOUND' ||
    messageOf(error).startsWith('Could not locate the bindings')
  ) {
    return createError('INSTALLATION_INCOMPLETE', messageOf(error).split('\n')[0] ?? '');
  }
  // What the database reports while it is working: its file was opened earlier.
  return codeOf(error).startsWith('SQLITE_')
    ? createError('SYSTEM_REFUSED', 'The database in .messenger', messageOf(error))
    : undefined;
}

const pathOf = (error: unknown): string | undefined =>
  error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : undefined;
