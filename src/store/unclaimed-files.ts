import type { Kysely } from 'kysely';
import type { Timestamp } from '../base/clock.ts';
import type { Database } from './schema.ts';

/** A file or folder without a row, and the process that is writing it; null if it is to be removed. */
export interface UnclaimedFile {
  path: string;
  owner: string | null;
  createdAt: Timestamp;
}

/**
 * Files and folders in the storage that no row claims. One with an owner is being written by that process.
 * One without an owner is to be removed, and no row may claim it. Every file is either listed here or claimed
 * by a row, so that even after a crash every file can be found.
 */
export class UnclaimedFileStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async insert(paths: readonly string[], owner: string | null, now: Timestamp): Promise<void> {
    if (paths.length === 0) return;
    await this.#db
      .insertInto('unclaimed_files')
      .values(paths.map((path) => ({ path, owner, created_at: now })))
      .onConflict((conflict) => conflict.column('path').doUpdateSet({ owner }))
      .execute();
  }

  /** Unlists a path for its row; returns whether its owner still had it. Call it in the row's transaction. */
  async claim(path: string, owner: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('unclaimed_files')
      .where('path', '=', path)
      .where('owner', '=', owner)
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  }

  /** Marks those of these paths that are still listed for removal, whoever was writing them. */
  async disown(paths: readonly string[]): Promise<void> {
    if (paths.length === 0) return;
    await this.#db.updateTable('unclaimed_files').set({ owner: null }).where('path', 'in', paths).execute();
  }

  /** Removes deleted paths from the list. */
  async delete(paths: readonly string[]): Promise<void> {
    if (paths.length === 0) return;
    await this.#db
      .deleteFrom('unclaimed_files')
      .where('path', 'in', paths)
      .where('owner', 'is', null)
      .execute();
  }

  async isListed(path: string): Promise<boolean> {
    const query = this.#db.selectFrom('unclaimed_files').select('path').where('path', '=', path);
    return (await query.executeTakeFirst()) !== undefined;
  }

  async all(): Promise<UnclaimedFile[]> {
    return this.#db
      .selectFrom('unclaimed_files')
      .select(['path', 'owner', 'created_at as createdAt'])
      .orderBy('created_at')
      .execute();
  }
}
