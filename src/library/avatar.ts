import { createRequire } from 'node:module';
import path from 'node:path';

/** Our own folder, found by our own name: the same from the sources and from the build. */
const folder = path.dirname(createRequire(import.meta.url).resolve('messenger-bots/package.json'));

/** The path of the picture of a ready-made package. */
export const avatar = (name: string): string => path.join(folder, 'assets', `${name}.png`);
