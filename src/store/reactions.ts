import type { Kysely } from 'kysely';
import type { Reaction } from '../domain/reaction.ts';
import { type OwnedRow, ownerName, toOwner } from './providers.ts';
import type { Database, ReactionRow } from './schema.ts';

/** Reactions to messages. */
export class ReactionStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async insert(reaction: Reaction): Promise<void> {
    await this.#db
      .insertInto('reactions')
      .values({
        id: reaction.id,
        message_id: reaction.messageId,
        owner_type: reaction.owner.type,
        owner_id: reaction.owner.id,
        reaction: reaction.reaction,
        created_at: reaction.createdAt,
      })
      .execute();
  }

  /** The reactions to a message, oldest first. */
  of(messageId: string): Promise<Reaction[]> {
    return this.ofAll([messageId]);
  }

  /** The reactions to these messages, those to each one oldest first. */
  async ofAll(messageIds: readonly string[]): Promise<Reaction[]> {
    if (messageIds.length === 0) return [];
    const rows = await this.#db
      .selectFrom('reactions')
      .selectAll()
      .select(ownerName('reactions'))
      .where('message_id', 'in', messageIds)
      .orderBy('message_id')
      .orderBy('id')
      .execute();
    return rows.map(toReaction);
  }

  /** Deletes a reaction; returns whether it existed. */
  async delete(id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('reactions')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  }
}

const toReaction = (row: ReactionRow & OwnedRow): Reaction => ({
  id: row.id,
  messageId: row.message_id,
  owner: toOwner(row),
  reaction: row.reaction,
  createdAt: row.created_at,
});
