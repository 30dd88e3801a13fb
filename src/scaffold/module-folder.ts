import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes the files of a folder ES modules where the project says that its files are CommonJS, as `npm init` does: the
 * compiler refuses the imports and exports of a handler there. Returns the file that was written for it, if any.
 */
export function ensureModuleFolder(folder: string): string[] {
  const project = nearestPackage(folder);
  const own = path.join(folder, 'package.json');
  if (project === undefined || project === own || typeOf(project) === 'module') return [];
  mkdirSync(folder, { recursive: true });
  writeFileSync(own, `${JSON.stringify({ private: true, type: 'module' }, null, 2)}\n`, { flag: 'wx' });
  return [own];
}

/** The package.json that says what the files of a folder are. */
function nearestPackage(folder: string): string | undefined {
  const file = path.join(folder, 'package.json');
  if (existsSync(file)) return file;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : nearestPackage(parent);
}

/** What a package.json says its files are; one that cannot be read says what the compiler assumes. */
function typeOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).type;
  } catch {
    return 'commonjs';
  }
}
