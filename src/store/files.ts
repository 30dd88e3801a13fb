import type { Readable } from 'node:stream';
import type { ByteRange } from '../domain/byte-range.ts';

/**
 * Stores files. A path is relative to the storage and built by `domain/file-path`. It ends in a UUID, so it
 * is written only once, by one writer, and never again after it was removed.
 *
 * All results survive a power failure: when `write` and `remove` return, their changes are on the disk. A
 * crash during a `write` leaves no file under its path. Anything else it left behind is removed with the next
 * `remove` of that path.
 */
export interface FileStorage {
  /** Writes a whole file or nothing. Rejects with the system's error if it fails. */
  write(path: string, bytes: Uint8Array): Promise<void>;

  /** The content of a file; undefined if there is none. */
  read(path: string): Promise<Uint8Array | undefined>;

  /** The size of a file in bytes; undefined if there is none. */
  size(path: string): Promise<number | undefined>;

  /**
   * Streams a file or a part of it; undefined if there is none. The stream must be read to its end or
   * destroyed.
   */
  stream(path: string, part?: ByteRange): Promise<Readable | undefined>;

  /**
   * Removes files, and folders with everything in them. Missing paths are ignored, so calls can be repeated
   * and can overlap. Rejects with the system's error at the first path that cannot be removed.
   */
  remove(paths: readonly string[]): Promise<void>;
}
