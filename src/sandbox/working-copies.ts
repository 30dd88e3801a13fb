import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Sources } from '../config/local-imports.ts';

/** The folder of the copies, relative to the workspace. */
const place = ['.messenger', 'cache', 'working'];
const placePattern = /[\\/]\.messenger[\\/]cache[\\/]working[\\/][0-9a-f]{16}(?=[\\/])/g;

/** Replaces the paths of copies in a text with the paths of the author's files. */
export const asAuthored = (text: string): string => text.replace(placePattern, '');

/**
 * Copies of working files, kept while the files themselves are broken. Handlers are loaded from there
 * meanwhile, even by workers that start later. Paths below a copy are those of the workspace.
 */
export class WorkingCopies {
  readonly #workspace: string;
  readonly #folder: string;
  #written = new Set<string>();

  constructor(workspace: string) {
    this.#workspace = workspace;
    this.#folder = path.join(workspace, ...place);
  }

  /** Writes a copy of these sources; returns the path of the file in it. */
  write(file: string, sources: Sources): string {
    const id = identify(sources);
    const copy = path.join(this.#folder, id);
    if (!this.#written.has(id)) this.#writeAll(copy, sources);
    this.#written.add(id);
    return path.join(copy, path.relative(this.#workspace, file));
  }

  /** Removes all copies except those that contain one of these files. */
  keepOnly(files: readonly string[]): void {
    for (const id of this.#written) {
      const copy = path.join(this.#folder, id);
      if (files.some((file) => file.startsWith(`${copy}${path.sep}`))) continue;
      rmSync(copy, { recursive: true, force: true });
      this.#written.delete(id);
    }
  }

  /** Removes everything left behind, even by a killed process. */
  clear(): void {
    rmSync(this.#folder, { recursive: true, force: true });
    this.#written = new Set();
  }

  /** All or nothing, so that a killed process leaves no partial copy. */
  #writeAll(copy: string, sources: Sources): void {
    const unfinished = `${copy}.${process.pid}`;
    for (const [file, text] of sources) {
      const target = path.join(unfinished, path.relative(this.#workspace, file));
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
    rmSync(copy, { recursive: true, force: true });
    renameSync(unfinished, copy);
  }
}

function identify(sources: Sources): string {
  const hash = createHash('sha256');
  for (const [file, text] of sources) hash.update(`${file}\0${text}\0`);
  return hash.digest('hex').slice(0, 16);
}
