import { type Kysely, sql } from 'kysely';
import type { Timestamp } from '../base/clock.ts';
import { type Message, type MessageEdit, type MessageExtra, messageTypes } from '../domain/message.ts';
import type { ProviderType } from '../domain/provider.ts';
import type { IgnoreReason } from '../domain/run.ts';
import { flag, fromJson, isSet, toJson } from './columns.ts';
import { PreparedQuery } from './prepared-query.ts';
import { type OwnedRow, ownerName, toOwner } from './providers.ts';
import type { Database, Flag, MessageRow } from './schema.ts';

/** A new message without its position in the order, which the store assigns. */
export type NewMessage = Omit<Message, 'sequence'>;

/** Which messages of a thread to return. */
export interface MessagePage {
  type?: number | undefined;
  /** Only system messages. */
  system?: boolean | undefined;
  /** Only messages whose body contains this text, ignoring case. */
  body?: string | undefined;
  /** Only messages before this position in the order. */
  older?: number | undefined;
  limit: number;
}

const firstSystemType = messageTypes.PARTICIPANT_JOINED_WITH_INVITE;
/** Written as in the index on system messages. The plus keeps SQLite from the index on types, which needs a sort. */
const isSystem = sql<boolean>`+type >= ${sql.lit(firstSystemType)}`;

/**
 * A `like` pattern that matches a text literally. The backslash as escape character works in every dialect.
 */
export const containing = (text: string) =>
  sql<string>`${`%${text.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`;

/** A message as its columns. */
type MessageColumns = Omit<NewMessage, 'owner' | 'extra' | 'edited'> & {
  ownerType: ProviderType;
  ownerId: string;
  extra: string | null;
  edited: Flag;
};

const insertMessage = new PreparedQuery((db, message: MessageColumns) =>
  db
    .insertInto('messages')
    .values({
      id: message.id,
      thread_id: message.threadId,
      owner_type: message.ownerType,
      owner_id: message.ownerId,
      type: message.type,
      body: message.body,
      reply_to_id: message.replyToId,
      extra_json: message.extra,
      edited: message.edited,
      sender_ip: message.senderIp,
      created_at: message.createdAt,
      updated_at: message.updatedAt,
      archived_at: message.archivedAt,
    })
    .returning('sequence'),
);

const messageById = new PreparedQuery((db, { id }: { id: string }) =>
  db.selectFrom('messages').selectAll().select(ownerName('messages')).where('id', '=', id),
);

/** Messages of all types. */
export class MessageStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Stores a message and assigns its position in the order. */
  async insert(message: NewMessage): Promise<Message> {
    const [row] = await insertMessage.all(this.#db, {
      ...message,
      ownerType: message.owner.type,
      ownerId: message.owner.id,
      extra: toJson(message.extra),
      edited: flag(message.edited),
    });
    if (row === undefined) throw new Error(`The message ${message.id} was not stored.`);
    return { ...message, sequence: row.sequence };
  }

  /** The message with this id, even an archived one. */
  async find(id: string): Promise<Message | undefined> {
    const row = await messageById.first(this.#db, { id });
    return row && toMessage(row);
  }

  /**
   * The messages whose id begins with a prefix in lower case, even archived ones, oldest first.
   *
   * @param ids `threadId`: only those of this thread
   */
  async startingWith(
    { prefix, threadId }: { prefix: string; threadId?: string | undefined },
    limit: number,
  ): Promise<Message[]> {
    const rows = await this.#db
      .selectFrom('messages')
      .selectAll()
      .select(ownerName('messages'))
      .where('id', '>=', prefix)
      // The first character after all those of an id.
      .where('id', '<', `${prefix}g`)
      .$if(threadId !== undefined, (query) => query.where('thread_id', '=', threadId ?? ''))
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(toMessage);
  }

  /** The newest message of people, or of one person, in a thread; none of the system and no archived one. */
  async latestOfPeople(threadId: string, userId?: string): Promise<Message | undefined> {
    const row = await this.#db
      .selectFrom('messages')
      .selectAll()
      .select(ownerName('messages'))
      .where('thread_id', '=', threadId)
      .where('archived_at', 'is', null)
      .where('owner_type', '=', 'user')
      .where('type', '<', firstSystemType)
      .$if(userId !== undefined, (query) => query.where('owner_id', '=', userId ?? ''))
      .orderBy('sequence', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && toMessage(row);
  }

  /** Stores why bots ignored a message. */
  async setIgnoreReason(id: string, reason: IgnoreReason): Promise<void> {
    await this.#db.updateTable('messages').set({ ignore_reason: reason }).where('id', '=', id).execute();
  }

  /** Why bots ignored a message; null if nothing was stored. */
  async ignoreReason(id: string): Promise<IgnoreReason | null> {
    const query = this.#db.selectFrom('messages').select('ignore_reason').where('id', '=', id);
    return (await query.executeTakeFirst())?.ignore_reason ?? null;
  }

  /** The newest messages of a thread that are not archived, newest first. */
  newest(threadId: string, limit: number): Promise<Message[]> {
    return this.page(threadId, { limit });
  }

  /** A page of the messages of a thread that are not archived, newest first. */
  async page(threadId: string, { type, system, body, older, limit }: MessagePage): Promise<Message[]> {
    let query = this.#db
      .selectFrom('messages')
      .selectAll()
      .select(ownerName('messages'))
      .where('thread_id', '=', threadId)
      .where('archived_at', 'is', null);
    if (type !== undefined) query = query.where('type', '=', type);
    if (system === true) query = query.where(isSystem);
    if (body !== undefined) query = query.where(sql`lower(body)`, 'like', containing(body.toLowerCase()));
    if (older !== undefined) query = query.where('sequence', '<', older);
    const rows = await query.orderBy('sequence', 'desc').limit(limit).execute();
    return rows.map(toMessage);
  }

  /**
   * Counts the messages of a thread that are not archived, optionally of one type or only system messages.
   */
  async count(threadId: string, { type, system }: Pick<MessagePage, 'type' | 'system'>): Promise<number> {
    let query = this.#db
      .selectFrom('message_counts')
      .select((eb) => eb.fn.sum<number | null>('count').as('count'))
      .where('thread_id', '=', threadId);
    if (type !== undefined) query = query.where('type', '=', type);
    if (system === true) query = query.where('type', '>=', firstSystemType);
    return (await query.executeTakeFirstOrThrow()).count ?? 0;
  }

  /** The messages with these ids that are not archived. */
  async findAll(ids: readonly string[]): Promise<Message[]> {
    if (ids.length === 0) return [];
    const rows = await this.#db
      .selectFrom('messages')
      .selectAll()
      .select(ownerName('messages'))
      .where('id', 'in', ids)
      .where('archived_at', 'is', null)
      .execute();
    return rows.map(toMessage);
  }

  /** The newest message of each thread that is not archived, by thread. */
  async latest(threadIds: readonly string[]): Promise<Map<string, Message>> {
    if (threadIds.length === 0) return new Map();
    const newest = sql<number>`(
      select sequence from messages as newer
      where newer.thread_id = threads.id and newer.archived_at is null
      order by sequence desc limit 1
    )`;
    const rows = await this.#db
      .selectFrom('threads')
      .innerJoin('messages', (join) => join.on('messages.sequence', '=', newest))
      .selectAll('messages')
      .select(ownerName('messages'))
      .where('threads.id', 'in', threadIds)
      .execute();
    return new Map(rows.map((row) => [row.thread_id, toMessage(row)]));
  }

  /** Replaces the text of a message and stores the previous one in its history. */
  async edit({ id, body }: Message, edit: MessageEdit & { id: string }): Promise<void> {
    await this.#db
      .insertInto('message_edits')
      .values({ id: edit.id, message_id: id, body: edit.body, edited_at: edit.editedAt })
      .execute();
    await this.#db
      .updateTable('messages')
      .set({ body, edited: flag(true), updated_at: edit.editedAt })
      .where('id', '=', id)
      .execute();
  }

  /** The earlier texts of a message, oldest first. */
  async edits(messageId: string): Promise<MessageEdit[]> {
    return this.#db
      .selectFrom('message_edits')
      .select(['body', 'edited_at as editedAt'])
      .where('message_id', '=', messageId)
      .orderBy('id')
      .execute();
  }

  /** Archives the given messages of a thread, except system messages; returns their ids. */
  async archive(threadId: string, ids: readonly string[], at: Timestamp): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows = await this.#db
      .updateTable('messages')
      .set({ archived_at: at })
      .where('id', 'in', ids)
      .where('thread_id', '=', threadId)
      .where('archived_at', 'is', null)
      .where('type', '<', firstSystemType)
      .returning('id')
      .execute();
    return rows.map((row) => row.id);
  }
}

/** Converts a row to a message. */
export const toMessage = (row: MessageRow & OwnedRow): Message => ({
  sequence: row.sequence,
  id: row.id,
  threadId: row.thread_id,
  owner: toOwner(row),
  type: row.type,
  body: row.body,
  replyToId: row.reply_to_id,
  extra: fromJson<MessageExtra>(row.extra_json),
  edited: isSet(row.edited),
  senderIp: row.sender_ip,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  archivedAt: row.archived_at,
});
