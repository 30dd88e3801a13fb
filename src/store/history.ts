import type { Kysely } from 'kysely';
import type { Timestamp } from '../base/clock.ts';
import { messageTypes } from '../domain/message.ts';
import type { IgnoreReason } from '../domain/run.ts';
import type { Database } from './schema.ts';

/** A stored text of a person, with what is needed to match it again. */
export interface HeardMessage {
  sequence: number;
  id: string;
  threadId: string;
  body: string;
  createdAt: Timestamp;
  /** Why bots ignored it when it arrived; null if they did not. */
  ignored: IgnoreReason | null;
}

/** Which messages to return. */
export interface HistoryPage {
  /** Only those of this thread. */
  threadId?: string | undefined;
  /** Only those from this moment on. */
  since?: Timestamp | undefined;
  /** Only those before this position in the order. */
  older?: number | undefined;
  limit: number;
}

/** The messages that bots hear, and which actions fired then. Read-only. */
export class HistoryStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /**
   * A page of the messages that bots may answer, newest first: texts of people in groups that are not removed.
   * Whether bots are on in the group makes no difference.
   */
  async page({ threadId, since, older, limit }: HistoryPage): Promise<HeardMessage[]> {
    let query = this.#db
      .selectFrom('messages')
      .innerJoin('threads', 'threads.id', 'messages.thread_id')
      .select([
        'messages.sequence',
        'messages.id',
        'messages.thread_id as threadId',
        'messages.body',
        'messages.created_at as createdAt',
        'messages.ignore_reason as ignored',
      ])
      .where('threads.kind', '=', 'group')
      .where('threads.archived_at', 'is', null)
      .where('messages.owner_type', '=', 'user')
      .where('messages.archived_at', 'is', null)
      .where('messages.type', '=', messageTypes.MESSAGE);
    if (threadId !== undefined) query = query.where('messages.thread_id', '=', threadId);
    if (since !== undefined) query = query.where('messages.created_at', '>=', since);
    if (older !== undefined) query = query.where('messages.sequence', '<', older);
    return query.orderBy('messages.sequence', 'desc').limit(limit).execute();
  }

  /** The actions with a run for each of these messages, whatever became of it, by message. */
  async actionsByMessage(messageIds: readonly string[]): Promise<Map<string, Map<string, string | null>>> {
    const byMessage = new Map<string, Map<string, string | null>>();
    if (messageIds.length === 0) return byMessage;
    const rows = await this.#db
      .selectFrom('runs')
      .select(['message_id', 'action_id', 'trigger'])
      .where('message_id', 'in', messageIds)
      .execute();
    for (const row of rows) {
      const actions = byMessage.get(row.message_id) ?? new Map<string, string | null>();
      byMessage.set(row.message_id, actions.set(row.action_id, row.trigger));
    }
    return byMessage;
  }
}
