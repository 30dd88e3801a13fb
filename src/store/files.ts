import type { Readable } from 'node:stream';
import type { ByteRange } from '../domain/byte-range.ts';

/**
 * Where files are kept. A path is relative to the storage and made by `domain/file-path`: it ends in a UUID, so it
 * is written once, never again after it was removed, and nobody else writes it at the same time.
 *
 * What is promised holds after a power failure too: what `write` and `remove` have done is on the disk when they
 * come back. After a crash in the middle of a `write` there is no file under its path, and whatever else it left
 * behind goes with the next `remove` of that path.
 */
export interface FileStorage {
  /** Writes a file, all of it or nothing. Rejects with the system's error when it cannot. */
  write(path: string, bytes: Uint8Array): Promise<void>;

  /** The content of a file; undefined when there is none. */
  read(path: string): Promise<Uint8Array | undefined>;

  /** How many bytes a file has; undefined when there is none. */
  size(path: string): Promise<number | undefined>;

  /**
   * The content of a file, or a part of it, as it is read; undefined when there is none. To be read to its end, or
   * destroyed.
   */
  stream(path: string, part?: ByteRange): Promise<Readable | undefined>;

  /**
   * Removes files, and folders with all that is in them. What is not there is passed over, so it can be repeated,
   * and two may do it at once. Rejects with the system's error at the first that cannot be removed.
   */
  remove(paths: readonly string[]): Promise<void>;
}
