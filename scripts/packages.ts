import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'rolldown';
import { z } from 'zod';

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  /** An SPDX expression. */
  license: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
});

export type Manifest = z.output<typeof manifestSchema>;

/** What the `package.json` of a package says of it. */
export function manifestOf(folder: string): Manifest {
  const { data, error } = manifestSchema.safeParse(
    JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')),
  );
  if (error) throw new Error(`${folder}/package.json: ${z.prettifyError(error)}`);
  return data;
}

/** The folder of the package that a module belongs to; undefined for our own. */
const packageOf = (module: string): string | undefined =>
  /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module)?.[0];

type Bundle = Parameters<Extract<NonNullable<Plugin['generateBundle']>, (...args: never) => unknown>>[1];

/** The folders of the packages of which anything is in a bundle. */
export function bundledPackages(bundle: Bundle): string[] {
  const modules = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  const folders = new Set(modules.flatMap((module) => packageOf(module) ?? []));
  return [...folders].filter((folder) => existsSync(path.join(folder, 'package.json')));
}

/** The folders of everything that a package needs at run time, by the way that Node finds it. */
export function installedPackages(folder: string): string[] {
  const found = new Set<string>();
  const visit = (importer: string): void => {
    for (const name of Object.keys(manifestOf(importer).dependencies)) {
      const needed = findPackage(importer, name);
      if (found.has(needed)) continue;
      found.add(needed);
      visit(needed);
    }
  };
  visit(folder);
  return [...found];
}

function findPackage(importer: string, name: string): string {
  const folder = path.join(importer, 'node_modules', name);
  if (existsSync(path.join(folder, 'package.json'))) return folder;
  const parent = path.dirname(importer);
  if (parent === importer) throw new Error(`${name} is not installed. Run "npm install".`);
  return findPackage(parent, name);
}
