import { statSync } from 'node:fs';
import path from 'node:path';
import { readRegularText } from '../base/regular-file.ts';
import { isShortage } from '../base/shortage.ts';

/** The text of each file, by its absolute path. */
export type Sources = ReadonlyMap<string, string>;

/** In bytes. Larger files are not written by hand. */
const maxSourceSize = 16_777_216;

/** The extensions that a relative import may resolve to. */
const extensions = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.tsx', '.jsx', '.json'];

/** Matches the import, export or require of a relative path, even in a function or (harmlessly) a comment. */
const relativeImports = /\b(?:from|import|require)\b\s*\(?\s*(['"])(\.{1,2}\/[^'"\n]+)\1/g;

/**
 * Reads a file and all files below a folder that it imports, directly or indirectly. Runs nothing. Leaves out
 * missing files.
 *
 * @throws an error for a temporary shortage of the machine
 */
export function readSources(file: string, folder: string): Sources {
  const sources = new Map<string, string>();
  const visit = (name: string): void => {
    if (sources.has(name)) return;
    const text = readText(name);
    if (text === undefined) return;
    sources.set(name, text);
    for (const imported of importsOf(name, text)) if (isBelow(imported, folder)) visit(imported);
  };
  visit(file);
  return sources;
}

function importsOf(file: string, text: string): string[] {
  const specifiers = [...text.matchAll(relativeImports)].map(([, , specifier = '']) => specifier);
  return specifiers.flatMap((specifier) => resolve(path.resolve(path.dirname(file), specifier)) ?? []);
}

/** Resolves an import to a file. TypeScript also allows `./a.js` or `./a` for `./a.ts`. */
function resolve(imported: string): string | undefined {
  const bare = imported.replace(/\.[cm]?jsx?$/, '');
  return [
    imported,
    ...extensions.map((extension) => `${imported}${extension}`),
    ...extensions.map((extension) => `${bare}${extension}`),
    ...extensions.map((extension) => path.join(imported, `index${extension}`)),
  ].find(isFile);
}

const isBelow = (file: string, folder: string): boolean =>
  file.startsWith(`${folder}${path.sep}`) && !file.includes(`${path.sep}node_modules${path.sep}`);

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;

function readText(file: string): string | undefined {
  try {
    return readRegularText(file, maxSourceSize);
  } catch (error) {
    if (isShortage(error)) throw error;
    return undefined;
  }
}
