import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Makes the folder of what we keep, for its owner alone; it keeps itself out of version control. */
export function makeDataFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path.join(folder, '.gitignore'), '*\n', { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

/**
 * Where compiled files of a workspace are kept; false where it has no data folder yet, or nothing can be written: they
 * are compiled anew then.
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
