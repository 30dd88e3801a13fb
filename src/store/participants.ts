import type { Kysely } from 'kysely';
import type { Timestamp } from '../base/clock.ts';
import type { Participant } from '../domain/participant.ts';
import { flag, isSet } from './columns.ts';
import { PreparedQuery } from './prepared-query.ts';
import type { Database, ParticipantRow } from './schema.ts';

/** A participant, who may have been removed from the thread. */
export interface KnownParticipant {
  participant: Participant;
  isPresent: boolean;
}

interface Membership {
  threadId: string;
  userId: string;
}

const presentParticipant = new PreparedQuery((db, { threadId, userId }: Membership) =>
  db
    .selectFrom('participants')
    .selectAll()
    .where('thread_id', '=', threadId)
    .where('user_id', '=', userId)
    .where('removed_at', 'is', null),
);

const markRead = new PreparedQuery((db, { threadId, userId, at }: Membership & { at: Timestamp }) =>
  db
    .updateTable('participants')
    .set({ last_read_at: at, updated_at: at })
    .where('thread_id', '=', threadId)
    .where('user_id', '=', userId),
);

/** People in threads. */
export class ParticipantStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async insert(participant: Participant): Promise<void> {
    await this.#db
      .insertInto('participants')
      .values({
        id: participant.id,
        thread_id: participant.threadId,
        user_id: participant.userId,
        ...rightsColumns(participant),
        muted: flag(participant.muted),
        last_read_at: participant.lastReadAt,
        created_at: participant.createdAt,
        removed_at: null,
      })
      .execute();
  }

  /** The person's participant, unless removed from the thread. */
  async find(threadId: string, userId: string): Promise<Participant | undefined> {
    const row = await presentParticipant.first(this.#db, { threadId, userId });
    return row && toParticipant(row);
  }

  /** The participant with this id, unless removed or in another thread. */
  async findById(threadId: string, id: string): Promise<Participant | undefined> {
    const row = await this.#present(threadId).where('id', '=', id).executeTakeFirst();
    return row && toParticipant(row);
  }

  /** The participant with this id who is or was in a thread. */
  async knownById(threadId: string, id: string): Promise<KnownParticipant | undefined> {
    const row = await this.#db
      .selectFrom('participants')
      .selectAll()
      .where('thread_id', '=', threadId)
      .where('id', '=', id)
      .executeTakeFirst();
    return row && { participant: toParticipant(row), isPresent: row.removed_at === null };
  }

  /** The participants of these people who are or were in a thread. */
  async known(threadId: string, userIds: readonly string[]): Promise<KnownParticipant[]> {
    const rows = await this.#db
      .selectFrom('participants')
      .selectAll()
      .where('thread_id', '=', threadId)
      .where('user_id', 'in', userIds)
      .execute();
    return rows.map((row) => ({ participant: toParticipant(row), isPresent: row.removed_at === null }));
  }

  /** The people in a thread, longest there first; optionally only those who came after one of them. */
  async page(
    threadId: string,
    { after = '', limit }: { after?: string | undefined; limit: number },
  ): Promise<Participant[]> {
    const rows = await this.#present(threadId).where('id', '>', after).orderBy('id').limit(limit).execute();
    return rows.map(toParticipant);
  }

  /** Counts the people in a thread, and the admins among them. */
  async count(threadId: string): Promise<{ all: number; admins: number }> {
    return this.#db
      .selectFrom('participants')
      .select((eb) => [eb.fn.countAll<number>().as('all'), eb.fn.sum<number>('admin').as('admins')])
      .where('thread_id', '=', threadId)
      .where('removed_at', 'is', null)
      .executeTakeFirstOrThrow();
  }

  /** Stores the permissions of a participant; nothing else changes. */
  async setRights(participant: Participant): Promise<void> {
    await this.#db
      .updateTable('participants')
      .set(rightsColumns(participant))
      .where('id', '=', participant.id)
      .where('removed_at', 'is', null)
      .execute();
  }

  async setMuted(id: string, muted: boolean, at: Timestamp): Promise<void> {
    await this.#db
      .updateTable('participants')
      .set({ muted: flag(muted), updated_at: at })
      .where('id', '=', id)
      .execute();
  }

  /** Restores a removed participant with new permissions. */
  async restore(participant: Participant): Promise<void> {
    await this.#db
      .updateTable('participants')
      .set({ ...rightsColumns(participant), removed_at: null })
      .where('id', '=', participant.id)
      .execute();
  }

  /** Removes a participant from the thread; returns whether they were in it. */
  async remove(id: string, at: Timestamp): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('participants')
      .set({ removed_at: at })
      .where('id', '=', id)
      .where('removed_at', 'is', null)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
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

  /** Stores that the person has read everything up to a moment. */
  async markRead(threadId: string, userId: string, at: Timestamp): Promise<void> {
    await markRead.change(this.#db, { threadId, userId, at });
  }

  #present(threadId: string) {
    return this.#db
      .selectFrom('participants')
      .selectAll()
      .where('thread_id', '=', threadId)
      .where('removed_at', 'is', null);
  }
}

const rightsColumns = ({ admin, permissions, updatedAt }: Participant) => ({
  admin: flag(admin),
  send_messages: flag(permissions.sendMessages),
  send_knocks: flag(permissions.sendKnocks),
  add_participants: flag(permissions.addParticipants),
  manage_invites: flag(permissions.manageInvites),
  manage_bots: flag(permissions.manageBots),
  start_calls: flag(permissions.startCalls),
  updated_at: updatedAt,
});

/** Converts a row to a participant. */
export const toParticipant = (row: ParticipantRow): Participant => ({
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
