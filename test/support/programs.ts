import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Where a program is that a test needs beside Node; undefined where it is not installed. The gate installs all of them. */
export function programAt(...names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
