import { createRequire } from 'node:module';
import path from 'node:path';

/** Our own package folder, resolved by name, so that sources and build find the same one. */
const packageFolder = path.dirname(createRequire(import.meta.url).resolve('messenger-bots/package.json'));

/** The absolute path of a file that ships with the package. */
export const packageFile = (name: string): string => path.join(packageFolder, name);
