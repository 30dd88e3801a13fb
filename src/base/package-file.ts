import { createRequire } from 'node:module';
import path from 'node:path';

let folder: string | undefined;

/** Our own package folder, resolved by name, so that sources and build find the same one. */
const packageFolder = (): string =>
  path.dirname(createRequire(import.meta.url).resolve('messenger-bots/package.json'));

/** The absolute path of a file that ships with the package. */
export function packageFile(name: string): string {
  folder ??= packageFolder();
  return path.join(folder, name);
}
