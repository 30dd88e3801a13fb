import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { makeDataFolder } from '../../src/base/data-folder.ts';
import { createJiti } from '../../src/base/jiti.ts';

/**
 * Compiles files of a workspace into its cache of compiled files, where every worker finds them. The compiler of this
 * process is warm: each worker would have to load its own first, which takes longer than most of what is tested.
 *
 * @param files paths relative to the workspace, of any kind; by default all files. The broken ones are left to the
 *   worker, which says what is wrong.
 */
export function compileAhead(workspace: string, files: readonly string[] = filesIn(workspace)): void {
  const sources = files.filter(
    (file) => /\.[cm]?ts$/.test(file) && !/(?:^|[\\/])(?:node_modules|\.messenger)[\\/]/.test(file),
  );
  if (sources.length === 0) return;
  makeDataFolder(path.join(workspace, '.messenger'));
  const jiti = createJiti(path.join(workspace, 'bots', 'index.ts'), { workspace });
  for (const file of sources) {
    const filename = path.join(workspace, file);
    const options = { filename, source: readFileSync(filename, 'utf8'), ts: true, async: true };
    try {
      jiti.transform(options);
    } catch {}
  }
}

const filesIn = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' });
