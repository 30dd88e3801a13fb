import type { Kysely } from 'kysely';
import type { Timestamp } from '../base/clock.ts';
import type { Thread, ThreadSettings } from '../domain/thread.ts';
import { flag, isSet } from './columns.ts';
import { PreparedQuery } from './prepared-query.ts';
import type { Database, ThreadRow } from './schema.ts';

const threadById = new PreparedQuery((db, { id }: { id: string }) =>
  db.selectFrom('threads').selectAll().where('id', '=', id),
);

const touchThread = new PreparedQuery((db, { id, at }: { id: string; at: Timestamp }) =>
  db.updateTable('threads').set({ updated_at: at }).where('id', '=', id).where('archived_at', 'is', null),
);

/** Private threads and groups. */
export class ThreadStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async insert(thread: Thread): Promise<void> {
    await this.#db
      .insertInto('threads')
      .values({
        id: thread.id,
        kind: thread.kind,
        subject: thread.subject,
        avatar: thread.avatar,
        ...settingsColumns(thread.settings),
        locked: flag(thread.locked),
        bots_revision: thread.botsRevision,
        created_at: thread.createdAt,
        updated_at: thread.updatedAt,
        archived_at: thread.archivedAt,
      })
      .execute();
  }

  async find(id: string): Promise<Thread | undefined> {
    const row = await threadById.first(this.#db, { id });
    return row && toThread(row);
  }

  /** The groups with this name that are not archived, oldest first. */
  async findGroups(subject: string): Promise<Thread[]> {
    const rows = await this.#db
      .selectFrom('threads')
      .selectAll()
      .where('kind', '=', 'group')
      .where('subject', '=', subject)
      .where('archived_at', 'is', null)
      .orderBy('id')
      .execute();
    return rows.map(toThread);
  }

  /** Stores the name and the settings of a group. */
  async update({ id, subject, settings }: Thread): Promise<void> {
    await this.#db
      .updateTable('threads')
      .set({ subject, ...settingsColumns(settings) })
      .where('id', '=', id)
      .execute();
  }

  async setAvatar(id: string, avatar: string | null): Promise<void> {
    await this.#db.updateTable('threads').set({ avatar }).where('id', '=', id).execute();
  }

  /** Archives a thread; returns whether it was not archived before. */
  async archive(id: string, at: Timestamp): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('threads')
      .set({ archived_at: at })
      .where('id', '=', id)
      .where('archived_at', 'is', null)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  /** Updates the time by which lists of threads are sorted; returns false if the thread is archived. */
  async touch(id: string, at: Timestamp): Promise<boolean> {
    return (await touchThread.change(this.#db, { id, at })) > 0;
  }

  /** Invalidates caches of the thread's bots and actions. */
  async botsChanged(id: string): Promise<void> {
    await this.#db
      .updateTable('threads')
      .set((eb) => ({ bots_revision: eb('bots_revision', '+', 1) }))
      .where('id', '=', id)
      .execute();
  }
}

const settingsColumns = (settings: ThreadSettings) => ({
  add_participants: flag(settings.addParticipants),
  chat_bots: flag(settings.chatBots),
  invitations: flag(settings.invitations),
  calling: flag(settings.calling),
  messaging: flag(settings.messaging),
  knocks: flag(settings.knocks),
});

/** Converts a row to a thread. */
export const toThread = (row: ThreadRow): Thread => ({
  id: row.id,
  kind: row.kind,
  subject: row.subject,
  avatar: row.avatar,
  settings: {
    addParticipants: isSet(row.add_participants),
    chatBots: isSet(row.chat_bots),
    invitations: isSet(row.invitations),
    calling: isSet(row.calling),
    messaging: isSet(row.messaging),
    knocks: isSet(row.knocks),
  },
  locked: isSet(row.locked),
  botsRevision: row.bots_revision,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  archivedAt: row.archived_at,
});
