import { constants, lstatSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { ByteRange } from '../domain/byte-range.ts';
import type { FileStorage } from './files.ts';

/** How many milliseconds removing may run before it yields. */
const turn = 10;

/** Opening a link fails, where the system supports that. */
const reading = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);

/**
 * Stores files in a local folder. Folders that become empty are removed.
 *
 * @example const files = new LocalFiles('/home/ada/bots/.messenger/storage')
 */
export class LocalFiles implements FileStorage {
  readonly #root: string;

  /** @param root the root folder, created when the first file is written */
  constructor(root: string) {
    this.#root = path.resolve(root);
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    const file = this.#absolute(name);
    try {
      await writeThrough(await this.#create(temporary(file)), bytes);
      await rename(temporary(file), file);
      await Promise.all([path.dirname(this.#root), this.#root, ...this.#foldersOf(file)].map(flush));
    } catch (error) {
      // The reason for the failed write matters more than a failed cleanup.
      await this.remove([name]).catch(() => {});
      throw error;
    }
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    const handle = await this.#open(name);
    try {
      return await handle?.readFile();
    } finally {
      await handle?.close();
    }
  }

  async size(name: string): Promise<number | undefined> {
    const handle = await this.#open(name);
    try {
      return (await handle?.stat())?.size;
    } finally {
      await handle?.close();
    }
  }

  async stream(name: string, part?: ByteRange): Promise<Readable | undefined> {
    return (await this.#open(name))?.createReadStream(part);
  }

  /** Uses synchronous calls in short turns, which are cheapest and do not block others for long. */
  async remove(names: readonly string[]): Promise<void> {
    const folders = new Set<string>();
    let begun = performance.now();
    for (const name of names) {
      const file = this.#absolute(name);
      if (!folders.has(path.dirname(file)) && !this.#hasFolderOf(file)) continue;
      folders.add(path.dirname(file));
      for (const _ of removing(file)) {
        if (performance.now() - begun < turn) continue;
        await new Promise((resolve) => setImmediate(resolve));
        begun = performance.now();
      }
    }
    const kept = new Set([...folders].map((folder) => this.#prune(folder)));
    await Promise.all([...kept].map((folder) => flush(folder).catch(missing)));
  }

  #absolute(name: string): string {
    const file = path.resolve(this.#root, name);
    if (file.startsWith(`${this.#root}${path.sep}`)) return file;
    throw new TypeError(`"${name}" leads outside the storage.`);
  }

  /** The folders from the root to a file. Excludes the root itself, which may be a link to another disk. */
  #foldersOf(file: string): string[] {
    const parts = path.relative(this.#root, path.dirname(file)).split(path.sep);
    return parts.map((_, index) => path.join(this.#root, ...parts.slice(0, index + 1)));
  }

  /** Whether the folder of a file exists. A link on the path could lead anywhere, so it is rejected. */
  #hasFolderOf(file: string): boolean {
    for (const folder of this.#foldersOf(file)) {
      const stat = lstatSync(folder, { throwIfNoEntry: false });
      if (stat?.isSymbolicLink()) throw new Error(`${folder} is a link and may lead outside the storage`);
      if (!stat?.isDirectory()) return false;
    }
    return true;
  }

  async #open(name: string): Promise<FileHandle | undefined> {
    const file = this.#absolute(name);
    return this.#hasFolderOf(file) ? open(file, reading).catch(missing) : undefined;
  }

  /** Creates a file and its folders. Creates them again if a concurrent cleanup removes the empty folders. */
  async #create(file: string, attempts = 10): Promise<FileHandle> {
    if (!this.#hasFolderOf(file)) await mkdir(path.dirname(file), { recursive: true });
    const handle = await open(file, 'wx').catch((error) => (attempts > 1 ? missing(error) : rethrow(error)));
    return handle ?? this.#create(file, attempts - 1);
  }

  /** Removes a folder and its parents while they are empty. Returns the first that is kept, or the root. */
  #prune(folder: string): string {
    return folder === this.#root || !isPruned(folder) ? folder : this.#prune(path.dirname(folder));
  }
}

/** The name of a file until it is complete. */
const temporary = (file: string): string => `${file}.part`;

async function writeThrough(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Creating, renaming and removing entries is on the disk only once their folder is synced. */
async function flush(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes, step by step, a file with what a crash left of it, or a tree. */
function* removing(file: string): Generator<void> {
  // Removes a link, but not its target.
  if (lstatSync(file, { throwIfNoEntry: false })?.isDirectory()) return yield* removingFolder(file);
  for (const name of [file, temporary(file)]) tolerating(() => unlinkSync(name));
}

/** Others may be writing in the folder. What they add meanwhile is removed too. */
function* removingFolder(folder: string, attempts = 10): Generator<void> {
  for (const entry of tolerating(() => readdirSync(folder, { withFileTypes: true })) ?? []) {
    const file = `${folder}${path.sep}${entry.name}`;
    if (entry.isDirectory()) yield* removingFolder(file);
    else tolerating(() => unlinkSync(file));
    yield;
  }
  try {
    tolerating(() => rmdirSync(folder));
  } catch (error) {
    if (!hasCode(error, 'ENOTEMPTY') || attempts === 1) throw error;
    yield* removingFolder(folder, attempts - 1);
  }
}

/** Removes a folder if it is empty. Failing to do so only leaves an empty folder, so it is not an error. */
function isPruned(folder: string): boolean {
  try {
    tolerating(() => rmdirSync(folder));
    return true;
  } catch {
    return false;
  }
}

/** Others may be removing the same files, so missing ones are ignored. */
function tolerating<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    return missing(error);
  }
}

const missing = (error: unknown): undefined => (hasCode(error, 'ENOENT') ? undefined : rethrow(error));

function rethrow(error: unknown): never {
  throw error;
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
