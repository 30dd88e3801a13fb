import { type Kysely, sql } from 'kysely';
import type { Timestamp } from '../base/clock.ts';
import type { Message } from '../domain/message.ts';
import { containing, toMessage } from './messages.ts';
import { ownerName } from './providers.ts';
import type { Database } from './schema.ts';

/** A message whose text was found. */
export interface Hit {
  id: string;
  sequence: number;
}

/** A part of a thread: the messages from one position in the order up to, but without, another. */
export interface Stretch {
  from: number;
  before: number;
}

/** Where the messages of a thread are: by their text, by their time, and around one of them. Read-only. */
export class MessagePlaceStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** The position of the message this many places before another position; undefined if there are fewer. */
  async positionBefore(threadId: string, before: number, count: number): Promise<number | undefined> {
    const row = await this.#db
      .selectFrom('messages')
      .select('sequence')
      .where('thread_id', '=', threadId)
      .where('sequence', '<', before)
      .orderBy('sequence', 'desc')
      .limit(1)
      .offset(count - 1)
      .executeTakeFirst();
    return row?.sequence;
  }

  /** The messages of a stretch that contain a text, ignoring case, newest first; no archived ones. */
  async containing(threadId: string, { from, before }: Stretch, text: string): Promise<Hit[]> {
    return this.#db
      .selectFrom('messages')
      .select(['id', 'sequence'])
      .where('thread_id', '=', threadId)
      .where('archived_at', 'is', null)
      .where('sequence', '>=', from)
      .where('sequence', '<', before)
      .where(sql`lower(body)`, 'like', containing(text.toLowerCase()))
      .orderBy('sequence', 'desc')
      .execute();
  }

  /** The messages after a position that are not archived, oldest first. */
  async after(threadId: string, position: number, limit: number): Promise<Message[]> {
    const rows = await this.#db
      .selectFrom('messages')
      .selectAll()
      .select(ownerName('messages'))
      .where('thread_id', '=', threadId)
      .where('archived_at', 'is', null)
      .where('sequence', '>', position)
      .orderBy('sequence')
      .limit(limit)
      .execute();
    return rows.map(toMessage);
  }

  /** The first message from a moment on that is not archived. */
  async firstSince(threadId: string, at: Timestamp): Promise<Message | undefined> {
    const row = await this.#db
      .selectFrom('messages')
      .selectAll()
      .select(ownerName('messages'))
      .where('thread_id', '=', threadId)
      .where('archived_at', 'is', null)
      .where('created_at', '>=', at)
      .orderBy('created_at')
      .limit(1)
      .executeTakeFirst();
    return row && toMessage(row);
  }
}
