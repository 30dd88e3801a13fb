import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/**
 * Removes the declarations that are not reached from the entries: those of what is inside the product.
 *
 * @param folder with the declarations
 * @param entries the files that authors import, relative to it
 */
export function pruneTypes(folder: string, entries: readonly string[]): void {
  const reached = new Set<string>();
  const visit = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'));
    for (const { fileName } of importedFiles) {
      if (fileName.startsWith('.'))
        visit(path.resolve(path.dirname(file), fileName.replace(/\.ts$/, '.d.ts')));
    }
  };
  for (const entry of entries) visit(path.resolve(folder, entry));
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const name of all.filter((each) => each.endsWith('.d.ts'))) {
    if (!reached.has(path.resolve(folder, name))) rmSync(path.join(folder, name));
  }
}
