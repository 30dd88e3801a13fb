import type { Kysely } from 'kysely';
import type { Timestamp } from '../base/clock.ts';
import type { Token } from '../domain/token.ts';
import { PreparedQuery } from './prepared-query.ts';
import type { Database, TokenRow } from './schema.ts';

const tokenById = new PreparedQuery((db, { id }: { id: string }) =>
  db.selectFrom('tokens').selectAll().where('id', '=', id),
);

/** Login tokens. */
export class TokenStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async insert(token: Token): Promise<void> {
    await this.#db
      .insertInto('tokens')
      .values({
        id: token.id,
        user_id: token.userId,
        hash: token.hash,
        created_at: token.createdAt,
        last_used_at: token.lastUsedAt,
        revoked_at: token.revokedAt,
      })
      .execute();
  }

  /** The token with this id, even a revoked one. */
  async find(id: string): Promise<Token | undefined> {
    const row = await tokenById.first(this.#db, { id });
    return row && toToken(row);
  }

  /** The tokens of a person, including revoked ones, oldest first. */
  async ofUser(userId: string): Promise<Token[]> {
    const rows = await this.#db
      .selectFrom('tokens')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('id')
      .execute();
    return rows.map(toToken);
  }

  async setLastUsed(id: string, at: Timestamp): Promise<void> {
    await this.#db.updateTable('tokens').set({ last_used_at: at }).where('id', '=', id).execute();
  }

  /** Revokes one token. */
  async revoke(id: string, at: Timestamp): Promise<void> {
    await this.#db.updateTable('tokens').set({ revoked_at: at }).where('id', '=', id).execute();
  }

  /** Revokes every token of a person; returns how many were valid until now. */
  async revokeAll(userId: string, at: Timestamp): Promise<number> {
    const { numUpdatedRows } = await this.#db
      .updateTable('tokens')
      .set({ revoked_at: at })
      .where('user_id', '=', userId)
      .where('revoked_at', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(numUpdatedRows);
  }
}

const toToken = (row: TokenRow): Token => ({
  id: row.id,
  userId: row.user_id,
  hash: row.hash,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
  revokedAt: row.revoked_at,
});
