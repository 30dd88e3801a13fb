import { type FileHandle, open } from 'node:fs/promises';
import { createError, messageOf } from '../../base/errors.ts';
import { systemReason } from '../../base/system-error.ts';

/**
 * The write-ahead log of an open database. SQLite writes each commit to it, but would block the whole process while
 * it waits for the disk. The log has the same file as long as the database is open.
 */
export class WriteAheadLog {
  readonly #path: string;
  #file: Promise<FileHandle> | undefined;

  /** @param database the file of the database */
  constructor(database: string) {
    this.#path = `${database}-wal`;
  }

  /**
   * Resolves once everything in the log is on the disk.
   *
   * @throws DATABASE_REFUSED
   */
  async sync(): Promise<void> {
    try {
      this.#file ??= open(this.#path, 'r+');
      await (await this.#file).datasync();
    } catch (error) {
      throw createError('DATABASE_REFUSED', systemReason(error) ?? messageOf(error));
    }
  }

  async close(): Promise<void> {
    await (await this.#file)?.close();
  }
}
