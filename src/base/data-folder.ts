import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Makes a folder of ours, if it is missing; a new one keeps itself out of version control. */
export function makeDataFolder(folder: string): void {
  const made = mkdirSync(folder, { recursive: true });
  if (made !== undefined) writeFileSync(path.join(folder, '.gitignore'), '*\n');
}
