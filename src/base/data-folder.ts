import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Creates the data folder, readable by its owner alone and ignored by Git. */
export function makeDataFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path.join(folder, '.gitignore'), '*\n', { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

/**
 * The folder for a workspace's compiled files. Returns false when there is no data folder yet or it is not
 * writable; files are then compiled each time.
 */
export function compileCache(workspaceFolder: string): string | false {
  const data = path.join(workspaceFolder, '.messenger');
  if (!existsSync(data)) return false;
  try {
    makeDataFolder(data);
    return path.join(data, 'cache', 'compiled');
  } catch {
    return false;
  }
}
