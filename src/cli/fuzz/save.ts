import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createError } from '../../base/errors.ts';
import { systemFailure } from '../../base/system-error.ts';

/**
 * Writes a new file. Where no file was asked for and the usual name is taken, the next free one is used:
 * `HelloBot.fuzz.chat.yaml`, `HelloBot.fuzz-2.chat.yaml`.
 *
 * @returns the path of the file, relative to the current folder
 * @throws FILE_EXISTS, SYSTEM_REFUSED
 */
export function saveNew(
  text: string,
  { folder, className, file }: { folder: string; className: string; file?: string | undefined },
): string {
  for (let number = 1; ; number++) {
    const name = `${className}.fuzz${number === 1 ? '' : `-${number}`}.chat.yaml`;
    const target = file ?? path.join(folder, name);
    if (write(target, text)) return path.relative(process.cwd(), target);
    if (file !== undefined) throw fileExists(file);
  }
}

/** The error for a file that was asked for and is there. Nothing here overwrites files. */
export const fileExists = (file: string): Error =>
  createError('FILE_EXISTS', file, 'Choose another name, or remove it first.');

/** Whether the file was written, because there was none. */
function write(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw systemFailure(error, file) ?? error;
  }
}
