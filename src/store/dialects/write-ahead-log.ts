import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { createError, type MessengerError, messageOf } from '../../base/errors.ts';
import { systemReason } from '../../base/system-error.ts';

const flush = promisify(fdatasync);

/**
 * The write-ahead log of an open database. SQLite writes each commit to it, but would block the whole process while
 * it waits for the disk. The log is the same file as long as the database is open.
 */
export class WriteAheadLog {
  readonly #descriptor: number;
  #trouble: MessengerError | undefined;

  /** @param database the file of a database that is open, so that its log is there */
  constructor(database: string) {
    this.#descriptor = openSync(`${database}-wal`, 'r+');
  }

  /**
   * Set once a flush has failed. The system may have dropped what the disk did not take, so that a later flush would
   * succeed without it.
   */
  get trouble(): MessengerError | undefined {
    return this.#trouble;
  }

  /** @throws DATABASE_UNCONFIRMED once a flush has failed */
  assertUsable(): void {
    if (this.#trouble) throw this.#trouble;
  }

  /**
   * Resolves once everything in the log is on the disk.
   *
   * @throws DATABASE_UNCONFIRMED
   */
  async sync(): Promise<void> {
    this.assertUsable();
    try {
      await flush(this.#descriptor);
    } catch (error) {
      this.#trouble ??= createError('DATABASE_UNCONFIRMED', systemReason(error) ?? messageOf(error));
      throw this.#trouble;
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
