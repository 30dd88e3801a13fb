import type { Kysely } from 'kysely';
import type { Message, MessageExtra } from '../domain/message.ts';
import { flag, fromJson, isSet, toJson } from './columns.ts';
import { type OwnedRow, ownerName, toOwner } from './providers.ts';
import type { Database, MessageRow } from './schema.ts';

/** A message that has no place in the order of messages: the store gives it one. */
export type NewMessage = Omit<Message, 'sequence'>;

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

  /** The newest messages of a thread that are not archived, newest first. */
  async newest(threadId: string, limit: number): Promise<Message[]> {
    const rows = await this.#db
      .selectFrom('messages')
      .selectAll()
      .select(ownerName('messages'))
      .where('thread_id', '=', threadId)
      .where('archived_at', 'is', null)
      .orderBy('sequence', 'desc')
      .limit(limit)
      .execute();
    return rows.map(toMessage);
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
