import { statSync } from 'node:fs';

/**
 * Which file is at a path: it stays the same however the file is renamed, and is another where one was put in its place.
 * Empty where there is none.
 */
export function fileIdentity(file: string): string {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat ? `${stat.dev}:${stat.ino}` : '';
}
