import type { Kysely } from 'kysely';
import type { Timestamp } from '../base/clock.ts';
import type { User } from '../domain/user.ts';
import { PreparedQuery } from './prepared-query.ts';
import type { Database, UserRow } from './schema.ts';

const userById = new PreparedQuery((db, { id }: { id: string }) =>
  db.selectFrom('users').selectAll().where('id', '=', id),
);

/** People. */
export class UserStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async insert(user: User): Promise<void> {
    await this.#db
      .insertInto('users')
      .values({ id: user.id, name: user.name, created_at: user.createdAt, updated_at: user.updatedAt })
      .execute();
  }

  async find(id: string): Promise<User | undefined> {
    const row = await userById.first(this.#db, { id });
    return row && toUser(row);
  }

  /** The people with these ids. */
  async findAll(ids: readonly string[]): Promise<User[]> {
    if (ids.length === 0) return [];
    const rows = await this.#db.selectFrom('users').selectAll().where('id', 'in', ids).execute();
    return rows.map(toUser);
  }

  async rename(id: string, name: string, at: Timestamp): Promise<void> {
    await this.#db.updateTable('users').set({ name, updated_at: at }).where('id', '=', id).execute();
  }

  /** People who are not in a thread, by name. */
  async outside(threadId: string, limit: number): Promise<User[]> {
    const rows = await this.#db
      .selectFrom('users')
      .selectAll()
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('participants')
              .select('participants.id')
              .whereRef('participants.user_id', '=', 'users.id')
              .where('participants.thread_id', '=', threadId)
              .where('participants.removed_at', 'is', null),
          ),
        ),
      )
      .orderBy('name')
      .limit(limit)
      .execute();
    return rows.map(toUser);
  }

  async findByName(name: string): Promise<User | undefined> {
    const row = await this.#db.selectFrom('users').selectAll().where('name', '=', name).executeTakeFirst();
    return row && toUser(row);
  }
}

const toUser = (row: UserRow): User => ({
  id: row.id,
  name: row.name,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});
