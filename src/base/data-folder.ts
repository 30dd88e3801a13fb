import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Creates the data folder, readable by its owner alone and ignored by Git. */
export function makeDataFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  unlessThere(() => writeFileSync(path.join(folder, '.gitignore'), '*\n', { flag: 'wx' }));
}

/**
 * The folder for a workspace's compiled files. Returns false when there is no data folder yet or it is not
 * writable; files are then compiled each time. Creates only what is missing in the data folder: a workspace
 * that was just removed is not created again.
 */
export function compileCache(workspaceFolder: string): string | false {
  const cache = path.join(workspaceFolder, '.messenger', 'cache');
  const compiled = path.join(cache, 'compiled');
  try {
    for (const folder of [cache, compiled]) unlessThere(() => mkdirSync(folder, { mode: 0o700 }));
    return compiled;
  } catch {
    return false;
  }
}

function unlessThere(create: () => void): void {
  try {
    create();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
