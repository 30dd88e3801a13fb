import path from 'node:path';
import { filesBelow, type Import, importsOf, parseSource } from './sources.ts';

/** An import of one file of ours by another; paths from the package's folder. */
export interface Link {
  from: string;
  to: string;
  typeOnly: boolean;
}

/** Our own package under its public names. */
const entryPoints: Record<string, string> = {
  'messenger-bots': 'src/index.ts',
  'messenger-bots/library': 'src/library/index.ts',
};

/** The source file an import leads to, if it is one of ours. Our `package.json` is none. */
function target(from: string, specifier: string): string | undefined {
  if (specifier.endsWith('/package.json')) return undefined;
  if (!specifier.startsWith('.')) return entryPoints[specifier];
  return path.posix.join(path.posix.dirname(from), specifier);
}

const linksOf = (from: string, imports: readonly Import[]): Link[] =>
  imports.flatMap(({ specifier, typeOnly }) => {
    const to = specifier === undefined ? undefined : target(from, specifier);
    return to === undefined ? [] : [{ from, to, typeOnly }];
  });

/** Every source file with its imports. */
export const sources = filesBelow('src', '.ts')
  .concat(filesBelow('src', '.tsx'))
  .map((file) => ({ file, imports: importsOf(parseSource(file)) }));

/** Every import between our own files. */
export const links: readonly Link[] = sources.flatMap(({ file, imports }) => linksOf(file, imports));

/** The part a file belongs to: its folder in `src/`, or its own name where it stands alone. */
export const partOf = (file: string): string => path.posix.parse(file.split('/')[1] ?? '').name;

/** The cycles in which files load each other, as `a → b → a`. Links of types load nothing. */
export function cyclesIn(all: readonly Link[]): string[] {
  const loading = all.filter((link) => !link.typeOnly);
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) cycles.push([...way.slice(way.indexOf(file)), file].join(' → '));
    if (done.has(file) || way.includes(file)) return;
    for (const { from, to } of loading) if (from === file) visit(to, [...way, file]);
    done.add(file);
  };
  for (const { from } of loading) visit(from, []);
  return cycles;
}
