import type { Kysely } from 'kysely';
import type { Timestamp } from '../base/clock.ts';
import type { Bot } from '../domain/bot.ts';
import { toBot } from './bots.ts';
import type { Database } from './schema.ts';

/** An archived bot, with the thread that it was in. */
export interface ArchivedBot {
  id: string;
  threadId: string;
}

/** Archived bots, until they are purged. */
export class ArchivedBotStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** The thread's archived bots, most recently archived first. */
  async inThread(threadId: string): Promise<Bot[]> {
    const rows = await this.#db
      .selectFrom('bots')
      .selectAll()
      .where('thread_id', '=', threadId)
      .where('archived_at', 'is not', null)
      .orderBy('archived_at', 'desc')
      .execute();
    return rows.map(toBot);
  }

  /** Bots archived at or before a moment, first archived first. */
  async before(moment: Timestamp, limit: number): Promise<ArchivedBot[]> {
    const rows = await this.#db
      .selectFrom('bots')
      .select(['id', 'thread_id'])
      .where('archived_at', '<=', moment)
      .orderBy('archived_at')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ id: row.id, threadId: row.thread_id }));
  }

  /** Counts the bots archived at or before a moment, and their actions. */
  async countBefore(moment: Timestamp): Promise<{ bots: number; actions: number }> {
    const row = await this.#db
      .selectFrom('bots')
      .leftJoin('bot_actions', 'bot_actions.bot_id', 'bots.id')
      .select((eb) => [
        eb.fn.count<number>('bots.id').distinct().as('bots'),
        eb.fn.count<number>('bot_actions.id').as('actions'),
      ])
      .where('archived_at', '<=', moment)
      .executeTakeFirstOrThrow();
    return { bots: Number(row.bots), actions: Number(row.actions) };
  }

  /** Purges bots with their actions and cooldowns; returns the number of deleted actions. */
  async delete(ids: readonly string[]): Promise<number> {
    const actionIds = this.#db.selectFrom('bot_actions').select('id').where('bot_id', 'in', ids);
    await this.#db
      .deleteFrom('cooldowns')
      .where((eb) => eb.or([eb('subject_id', 'in', ids), eb('subject_id', 'in', actionIds)]))
      .execute();
    const { numDeletedRows } = await this.#db
      .deleteFrom('bot_actions')
      .where('bot_id', 'in', ids)
      .executeTakeFirstOrThrow();
    await this.#db.deleteFrom('bots').where('id', 'in', ids).execute();
    return Number(numDeletedRows);
  }
}
