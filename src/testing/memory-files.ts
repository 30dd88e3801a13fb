import { Readable } from 'node:stream';
import type { ByteRange } from '../domain/byte-range.ts';
import type { FileStorage } from '../store/files.ts';

/** Keeps files in memory, for a chat that leaves nothing behind. */
export class MemoryFiles implements FileStorage {
  readonly #files = new Map<string, Uint8Array>();

  async write(path: string, bytes: Uint8Array): Promise<void> {
    this.#files.set(path, Uint8Array.from(bytes));
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    return this.#files.get(path);
  }

  async size(path: string): Promise<number | undefined> {
    return this.#files.get(path)?.byteLength;
  }

  async stream(path: string, part?: ByteRange): Promise<Readable | undefined> {
    const bytes = this.#files.get(path);
    const end = part && part.end + 1;
    return bytes && Readable.from([bytes.subarray(part?.start, end)], { objectMode: false });
  }

  async remove(paths: readonly string[]): Promise<void> {
    for (const name of this.#files.keys()) {
      if (paths.some((path) => name === path || name.startsWith(`${path}/`))) this.#files.delete(name);
    }
  }
}
