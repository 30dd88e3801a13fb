import { type Dirent, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { createError } from '../base/errors.ts';
import { systemFailure } from '../base/system-error.ts';

/** How the name of a transcript ends. */
export const transcriptEnding = '.chat.yaml';

const ignoredFolders: ReadonlySet<string> = new Set(['node_modules', '.git', '.messenger']);

/**
 * The transcripts in files and folders, each once, ordered by path.
 *
 * @param wanted absolute paths; a file counts whatever its name is
 * @throws WRONG_USE when one does not exist
 */
export function findTranscripts(wanted: readonly string[]): string[] {
  return [...new Set(wanted.flatMap(transcriptsAt))].sort();
}

function transcriptsAt(wanted: string): string[] {
  const found = statSync(wanted, { throwIfNoEntry: false });
  if (found === undefined) throw createError('WRONG_USE', `There is no file or folder "${wanted}".`);
  return found.isDirectory() ? transcriptsBelow(wanted) : [wanted];
}

/** Links to folders are not followed, because they may lead back. */
function transcriptsBelow(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return ignoredFolders.has(entry.name) ? [] : transcriptsBelow(file);
    return entry.name.endsWith(transcriptEnding) ? [file] : [];
  });
}

/** @throws SYSTEM_REFUSED */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw systemFailure(error, folder) ?? error;
  }
}
