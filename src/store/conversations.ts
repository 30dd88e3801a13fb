import { type Kysely, sql } from 'kysely';
import type { Participant } from '../domain/participant.ts';
import type { Thread, ThreadKind } from '../domain/thread.ts';
import { containing } from './messages.ts';
import { toParticipant } from './participants.ts';
import { PreparedQuery } from './prepared-query.ts';
import type { Database } from './schema.ts';
import { toThread } from './threads.ts';

const listeners = new PreparedQuery((db, { threadId }: { threadId: string }) =>
  db
    .selectFrom('participants')
    .select('user_id')
    .where('thread_id', '=', threadId)
    .where('removed_at', 'is', null)
    .where('muted', '=', 0)
    .orderBy('id'),
);

/** Which threads of a person to return. */
export interface ConversationPage {
  kind?: ThreadKind | undefined;
  /** Only threads whose last activity was before this thread's. */
  before?: Pick<Thread, 'id' | 'updatedAt'> | undefined;
  limit: number;
}

/** The threads of a person, with unread counts and with what the participants have seen. */
export class ConversationStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** The threads that a person is in, most recent activity first. */
  async page(userId: string, { kind, before, limit }: ConversationPage): Promise<Thread[]> {
    let query = this.#of(userId, kind).selectAll('threads');
    if (before !== undefined) {
      const { updatedAt, id } = before;
      query = query.where(sql<boolean>`(threads.updated_at, threads.id) < (${updatedAt}, ${id})`);
    }
    const rows = await query
      .orderBy('threads.updated_at', 'desc')
      .orderBy('threads.id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(toThread);
  }

  /**
   * The threads that a person is in and whose name contains a text, ignoring case. Those with this very name first, then
   * by activity. A private thread has the name of the other person.
   */
  async named(userId: string, text: string, limit: number): Promise<Thread[]> {
    const name = sql<string>`coalesce(threads.subject, (
      select users.name from participants as others inner join users on users.id = others.user_id
      where others.thread_id = threads.id and others.user_id != ${userId} limit 1
    ))`;
    const rows = await this.#of(userId)
      .selectAll('threads')
      .where(sql`lower(${name})`, 'like', containing(text.toLowerCase()))
      .orderBy(sql`case when ${name} = ${text} then 0 else 1 end`)
      .orderBy('threads.updated_at', 'desc')
      .orderBy('threads.id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(toThread);
  }

  /** How many threads a person is in. */
  async count(userId: string, kind?: ThreadKind): Promise<number> {
    const query = this.#of(userId, kind).select((eb) => eb.fn.countAll<number>().as('count'));
    return (await query.executeTakeFirstOrThrow()).count;
  }

  /** In how many threads a person has unread activity. */
  async countUnread(userId: string): Promise<number> {
    const query = this.#of(userId)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where((eb) =>
        eb.or([
          eb('participants.last_read_at', 'is', null),
          eb('threads.updated_at', '>', eb.ref('participants.last_read_at')),
        ]),
      );
    return (await query.executeTakeFirstOrThrow()).count;
  }

  /** The person's participant in each of these threads, with the number of unread messages. */
  async participations(
    userId: string,
    threadIds: readonly string[],
  ): Promise<Array<{ participant: Participant; unreadCount: number }>> {
    if (threadIds.length === 0) return [];
    const unread = sql<number>`(
      select count(*) from messages
      where messages.thread_id = participants.thread_id and messages.archived_at is null
        and messages.created_at > coalesce(participants.last_read_at, '')
    )`;
    const rows = await this.#db
      .selectFrom('participants')
      .selectAll()
      .select(unread.as('unread'))
      .where('user_id', '=', userId)
      .where('thread_id', 'in', threadIds)
      .where('removed_at', 'is', null)
      .execute();
    return rows.map((row) => ({ participant: toParticipant(row), unreadCount: row.unread }));
  }

  /** The last message that each of these participants has seen, by participant. */
  async lastSeen(participantIds: readonly string[]): Promise<Map<string, string>> {
    if (participantIds.length === 0) return new Map();
    const seen = sql<string | null>`(
      select id from messages
      where messages.thread_id = participants.thread_id and messages.archived_at is null
        and messages.created_at <= participants.last_read_at
      order by messages.created_at desc limit 1
    )`;
    const rows = await this.#db
      .selectFrom('participants')
      .select(['id', seen.as('seen')])
      .where('id', 'in', participantIds)
      .execute();
    return new Map(rows.flatMap(({ id, seen: messageId }) => (messageId === null ? [] : [[id, messageId]])));
  }

  /** The other participant of each of these private threads, by thread. */
  async others(userId: string, threadIds: readonly string[]): Promise<Map<string, string>> {
    if (threadIds.length === 0) return new Map();
    const rows = await this.#db
      .selectFrom('participants')
      .select(['thread_id', 'user_id'])
      .where('thread_id', 'in', threadIds)
      .where('user_id', '!=', userId)
      .execute();
    return new Map(rows.map((row) => [row.thread_id, row.user_id]));
  }

  /** The people who receive the events of a thread: its participants who have not muted it. */
  async listeners(threadId: string): Promise<string[]> {
    const rows = await listeners.all(this.#db, { threadId });
    return rows.map((row) => row.user_id);
  }

  #of(userId: string, kind?: ThreadKind) {
    const query = this.#db
      .selectFrom('participants')
      .innerJoin('threads', 'threads.id', 'participants.thread_id')
      .where('participants.user_id', '=', userId)
      .where('participants.removed_at', 'is', null)
      .where('threads.archived_at', 'is', null);
    return kind === undefined ? query : query.where('threads.kind', '=', kind);
  }
}
