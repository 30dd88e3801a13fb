import type { Kysely } from 'kysely';
import { type Timestamp, timestamp } from '../base/clock.ts';
import type { Invite } from '../domain/invite.ts';
import type { Database, InviteRow } from './schema.ts';

/** Invites to groups. */
export class InviteStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** @param since now, the start of its lifetime */
  async insert(invite: Invite, since: Timestamp = ''): Promise<void> {
    await this.#db
      .insertInto('invites')
      .values({
        id: invite.id,
        since,
        thread_id: invite.threadId,
        owner_type: invite.owner.type,
        owner_id: invite.owner.id,
        code: invite.code,
        max_use: invite.maxUse,
        uses: invite.uses,
        expires_at: invite.expiresAt,
        created_at: invite.createdAt,
        archived_at: null,
      })
      .execute();
  }

  /** The invite with a code, even an expired one. */
  async findByCode(code: string): Promise<Invite | undefined> {
    const row = await this.#db
      .selectFrom('invites')
      .selectAll()
      .where('code', '=', code)
      .where('archived_at', 'is', null)
      .executeTakeFirst();
    return row && toInvite(row);
  }

  /** Counts one more use of an invite. */
  async countUse(id: string): Promise<void> {
    await this.#db
      .updateTable('invites')
      .set((eb) => ({ uses: eb('uses', '+', 1) }))
      .where('id', '=', id)
      .execute();
  }

  /**
   * Moves the invites of a thread that start in the future, because the system's clock was set back: they
   * start now and keep their duration.
   */
  async beginAhead(threadId: string, now: Timestamp): Promise<void> {
    const ahead = await this.#db
      .selectFrom('invites')
      .select(['id', 'since', 'expires_at'])
      .where('thread_id', '=', threadId)
      .where('since', '>', now)
      .execute();
    for (const { id, since, expires_at } of ahead) {
      const lasts = expires_at === null ? null : Date.parse(expires_at) - Date.parse(since);
      const until = lasts === null ? null : timestamp(Date.parse(now) + lasts);
      await this.#db
        .updateTable('invites')
        .set({ since: now, expires_at: until })
        .where('id', '=', id)
        .execute();
    }
  }

  /** The invites of a thread that can be used now, newest first. */
  async valid(threadId: string, now: Timestamp): Promise<Invite[]> {
    const rows = await this.#db
      .selectFrom('invites')
      .selectAll()
      .where('thread_id', '=', threadId)
      .where('archived_at', 'is', null)
      .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
      .where((eb) => eb.or([eb('max_use', '=', 0), eb('uses', '<', eb.ref('max_use'))]))
      .orderBy('id', 'desc')
      .execute();
    return rows.map(toInvite);
  }
}

const toInvite = (row: InviteRow): Invite => ({
  id: row.id,
  threadId: row.thread_id,
  owner: { type: row.owner_type, id: row.owner_id },
  code: row.code,
  maxUse: row.max_use,
  uses: row.uses,
  expiresAt: row.expires_at,
  createdAt: row.created_at,
});
