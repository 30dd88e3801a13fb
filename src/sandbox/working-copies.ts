import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Sources } from '../config/local-imports.ts';

/** Where copies are, below the workspace. */
const place = ['.messenger', 'cache', 'working'];
const placePattern = /[\\/]\.messenger[\\/]cache[\\/]working[\\/][0-9a-f]{16}(?=[\\/])/g;

/** A text with the paths of copies in it, as the author knows them: with the paths of the files themselves. */
export const asAuthored = (text: string): string => text.replace(placePattern, '');

/**
 * Copies of files that worked, for as long as the files themselves do not: handlers are loaded from there meanwhile,
 * also by threads that start later. The workspace's paths stay as they are below the copy.
 */
export class WorkingCopies {
  readonly #workspace: string;
  readonly #folder: string;
  #written = new Set<string>();

  constructor(workspace: string) {
    this.#workspace = workspace;
    this.#folder = path.join(workspace, ...place);
  }

  /** Where a file with these sources is, after they were written there. */
  write(file: string, sources: Sources): string {
    const id = identify(sources);
    const copy = path.join(this.#folder, id);
    if (!this.#written.has(id)) this.#writeAll(copy, sources);
    this.#written.add(id);
    return path.join(copy, path.relative(this.#workspace, file));
  }

  /** Removes the copies of files that work again, or are gone: those that none of these files are in. */
  keepOnly(files: readonly string[]): void {
    for (const id of this.#written) {
      const copy = path.join(this.#folder, id);
      if (files.some((file) => file.startsWith(`${copy}${path.sep}`))) continue;
      rmSync(copy, { recursive: true, force: true });
      this.#written.delete(id);
    }
  }

  /** Removes what was left behind, also by a process that was killed. */
  clear(): void {
    rmSync(this.#folder, { recursive: true, force: true });
    this.#written = new Set();
  }

  /** All or nothing: a process that is killed leaves no half of a copy. */
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
