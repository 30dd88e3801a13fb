import { type Kysely, sql } from 'kysely';
import type { Timestamp } from '../base/clock.ts';
import { type Message, type MessageExtra, messageTypes } from '../domain/message.ts';
import type { IgnoreReason } from '../domain/run.ts';
import { flag, fromJson, isSet, toJson } from './columns.ts';
import { type OwnedRow, ownerName, toOwner } from './providers.ts';
import type { Database, MessageRow } from './schema.ts';

/** A message that has no place in the order of messages: the store gives it one. */
export type NewMessage = Omit<Message, 'sequence'>;

/** Which messages of a thread. */
export interface MessagePage {
  type?: number | undefined;
  /** Only those whose body contains this, whatever its case. */
  body?: string | undefined;
  /** Only those stored before this place in the order. */
  older?: number | undefined;
  limit: number;
}

/** A pattern for `like` that finds a text literally. Every dialect escapes with a backslash if told so. */
const containing = (text: string) => sql<string>`${`%${text.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`;

/** Messages of all kinds. */
export class MessageStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Stores a message and gives it its place in the order. */
  async insert(message: NewMessage): Promise<Message> {
    const { sequence } = await this.#db
      .insertInto('messages')
      .values({
        id: message.id,
        thread_id: message.threadId,
        owner_type: message.owner.type,
        owner_id: message.owner.id,
        type: message.type,
        body: message.body,
        reply_to_id: message.replyToId,
        extra_json: toJson(message.extra),
        edited: flag(message.edited),
        sender_ip: message.senderIp,
        created_at: message.createdAt,
        updated_at: message.updatedAt,
        archived_at: message.archivedAt,
      })
      .returning('sequence')
      .executeTakeFirstOrThrow();
    return { ...message, sequence };
  }

  /** The message of this id, also an archived one. */
  async find(id: string): Promise<Message | undefined> {
    const row = await this.#db
      .selectFrom('messages')
      .selectAll()
      .select(ownerName('messages'))
      .where('id', '=', id)
      .executeTakeFirst();
    return row && toMessage(row);
  }

  /** Remembers why no bot looked at a message. */
  async setIgnoreReason(id: string, reason: IgnoreReason): Promise<void> {
    await this.#db.updateTable('messages').set({ ignore_reason: reason }).where('id', '=', id).execute();
  }

  /** The newest messages of a thread that are not archived, newest first. */
  newest(threadId: string, limit: number): Promise<Message[]> {
    return this.page(threadId, { limit });
  }

  /** Messages of a thread that are not archived, newest first. */
  async page(threadId: string, { type, body, older, limit }: MessagePage): Promise<Message[]> {
    let query = this.#db
      .selectFrom('messages')
      .selectAll()
      .select(ownerName('messages'))
      .where('thread_id', '=', threadId)
      .where('archived_at', 'is', null);
    if (type !== undefined) query = query.where('type', '=', type);
    if (body !== undefined) query = query.where(sql`lower(body)`, 'like', containing(body.toLowerCase()));
    if (older !== undefined) query = query.where('sequence', '<', older);
    const rows = await query.orderBy('sequence', 'desc').limit(limit).execute();
    return rows.map(toMessage);
  }

  /** Archives those of the messages that are the thread's and not the system's; gives their ids. */
  async archive(threadId: string, ids: readonly string[], at: Timestamp): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows = await this.#db
      .updateTable('messages')
      .set({ archived_at: at })
      .where('id', 'in', ids)
      .where('thread_id', '=', threadId)
      .where('archived_at', 'is', null)
      .where('type', '<', messageTypes.PARTICIPANT_JOINED_WITH_INVITE)
      .returning('id')
      .execute();
    return rows.map((row) => row.id);
  }
}

const toMessage = (row: MessageRow & OwnedRow): Message => ({
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
