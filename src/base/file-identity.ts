import { statSync } from 'node:fs';

/**
 * The identity of the file at a path. It survives renaming, and changes when another file takes its place.
 * Empty when there is no file.
 */
export function fileIdentity(file: string): string {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat ? `${stat.dev}:${stat.ino}` : '';
}
