import type { Kysely } from 'kysely';
import type { Timestamp } from '../base/clock.ts';
import type { Participant } from '../domain/participant.ts';
import { flag, isSet } from './columns.ts';
import type { Database, ParticipantRow } from './schema.ts';

/** People in threads. */
export class ParticipantStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async insert(participant: Participant): Promise<void> {
    const { permissions } = participant;
    await this.#db
      .insertInto('participants')
      .values({
        id: participant.id,
        thread_id: participant.threadId,
        user_id: participant.userId,
        admin: flag(participant.admin),
        send_messages: flag(permissions.sendMessages),
        send_knocks: flag(permissions.sendKnocks),
        add_participants: flag(permissions.addParticipants),
        manage_invites: flag(permissions.manageInvites),
        manage_bots: flag(permissions.manageBots),
        start_calls: flag(permissions.startCalls),
        muted: flag(participant.muted),
        last_read_at: participant.lastReadAt,
        created_at: participant.createdAt,
        updated_at: participant.updatedAt,
        removed_at: null,
      })
      .execute();
  }

  /** The participant who is this person, unless removed from the thread. */
  async find(threadId: string, userId: string): Promise<Participant | undefined> {
    const row = await this.#db
      .selectFrom('participants')
      .selectAll()
      .where('thread_id', '=', threadId)
      .where('user_id', '=', userId)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    return row && toParticipant(row);
  }

  /** The people in a thread with their names, longest there first. */
  async inThread(threadId: string): Promise<Array<{ participant: Participant; name: string }>> {
    const rows = await this.#db
      .selectFrom('participants')
      .innerJoin('users', 'users.id', 'participants.user_id')
      .selectAll('participants')
      .select('users.name')
      .where('participants.thread_id', '=', threadId)
      .where('participants.removed_at', 'is', null)
      .orderBy('participants.id')
      .execute();
    return rows.map((row) => ({ participant: toParticipant(row), name: row.name }));
  }

  async setAdmin(id: string, admin: boolean): Promise<void> {
    await this.#db
      .updateTable('participants')
      .set({ admin: flag(admin) })
      .where('id', '=', id)
      .execute();
  }

  /** Remembers that the person has read everything up to a moment. */
  async markRead(threadId: string, userId: string, at: Timestamp): Promise<void> {
    await this.#db
      .updateTable('participants')
      .set({ last_read_at: at })
      .where('thread_id', '=', threadId)
      .where('user_id', '=', userId)
      .execute();
  }
}

const toParticipant = (row: ParticipantRow): Participant => ({
  id: row.id,
  threadId: row.thread_id,
  userId: row.user_id,
  admin: isSet(row.admin),
  permissions: {
    sendMessages: isSet(row.send_messages),
    sendKnocks: isSet(row.send_knocks),
    addParticipants: isSet(row.add_participants),
    manageInvites: isSet(row.manage_invites),
    manageBots: isSet(row.manage_bots),
    startCalls: isSet(row.start_calls),
  },
  muted: isSet(row.muted),
  lastReadAt: row.last_read_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});
