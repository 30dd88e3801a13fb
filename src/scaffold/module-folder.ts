import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes the files of a folder ES modules if the project's files are CommonJS, as after `npm init`: the
 * compiler rejects a handler's imports and exports there. Returns the file written for this, if any.
 */
export function ensureModuleFolder(folder: string): string[] {
  const project = nearestPackage(folder);
  const own = path.join(folder, 'package.json');
  if (project === undefined || project === own || typeOf(project) === 'module') return [];
  mkdirSync(folder, { recursive: true });
  writeFileSync(own, `${JSON.stringify({ private: true, type: 'module' }, null, 2)}\n`, { flag: 'wx' });
  return [own];
}

/** The package.json that determines the module type of files in a folder. */
function nearestPackage(folder: string): string | undefined {
  const file = path.join(folder, 'package.json');
  if (existsSync(file)) return file;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : nearestPackage(parent);
}

/** The `type` of a package.json. If it cannot be read, the compiler's default. */
function typeOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).type;
  } catch {
    return 'commonjs';
  }
}
