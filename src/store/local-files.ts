import { lstatSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { newId } from '../base/ids.ts';
import type { FileStorage } from './files.ts';

/** Milliseconds of removing after which others get a turn. */
const turn = 10;

/** Files in a folder of this machine. */
export class LocalFiles implements FileStorage {
  readonly #root: string;

  /** @param root the folder everything is kept in; made when the first file is written */
  constructor(root: string) {
    this.#root = root;
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    const file = this.#absolute(name);
    const folder = path.dirname(file);
    const temporary = path.join(folder, `.${newId()}.part`);
    await mkdir(folder, { recursive: true });
    try {
      await writeThrough(temporary, bytes);
      await rename(temporary, file);
      await flush(folder);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    return readFile(this.#absolute(name)).catch(missing);
  }

  async stream(name: string): Promise<Readable | undefined> {
    const handle = await open(this.#absolute(name)).catch(missing);
    return handle?.createReadStream();
  }

  /** Synchronous calls in short turns: several times as fast as asynchronous ones, and others are not held up. */
  async remove(names: readonly string[]): Promise<void> {
    let begun = performance.now();
    for (const name of names) {
      for (const _ of removing(this.#absolute(name))) {
        if (performance.now() - begun < turn) continue;
        await new Promise((resolve) => setImmediate(resolve));
        begun = performance.now();
      }
    }
  }

  #absolute(name: string): string {
    const file = path.resolve(this.#root, name);
    if (file.startsWith(`${path.resolve(this.#root)}${path.sep}`)) return file;
    throw new TypeError(`"${name}" leads out of the storage.`);
  }
}

async function writeThrough(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A rename is on the disk once its folder is. */
async function flush(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes a file or a tree, a step at a time. A link is removed, and what it leads to is left alone. */
function* removing(file: string): Generator<void> {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (!stat.isDirectory()) return tolerating(() => unlinkSync(file));
  yield* removingFolder(file);
}

function* removingFolder(folder: string): Generator<void> {
  for (const entry of tolerating(() => readdirSync(folder, { withFileTypes: true })) ?? []) {
    const file = `${folder}${path.sep}${entry.name}`;
    if (entry.isDirectory()) yield* removingFolder(file);
    else tolerating(() => unlinkSync(file));
    yield;
  }
  tolerating(() => rmdirSync(folder));
}

/** Somebody else may be removing the same: what is gone already is no failure. */
function tolerating<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    return missing(error);
  }
}

function missing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
