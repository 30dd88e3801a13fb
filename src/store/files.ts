import type { Readable } from 'node:stream';

/**
 * Where files are kept. A path is relative to the storage and made by `domain/file-path`.
 */
export interface FileStorage {
  /** Writes a file, all of it or nothing: afterwards it is on the disk under its path. */
  write(path: string, bytes: Uint8Array): Promise<void>;

  /** The content of a file; undefined when there is none. */
  read(path: string): Promise<Uint8Array | undefined>;

  /** The content of a file as it is read; undefined when there is none. */
  stream(path: string): Promise<Readable | undefined>;

  /** Removes files, and folders with all that is in them. What is not there is passed over. */
  remove(paths: readonly string[]): Promise<void>;
}
