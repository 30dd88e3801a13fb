import type { Kysely } from 'kysely';
import type { Timestamp } from '../base/clock.ts';
import { PreparedQuery } from './prepared-query.ts';
import type { Database, IdempotencyKeyRow } from './schema.ts';

/** Identifies a request: its sender, route and key. */
export interface RequestKey {
  userId: string;
  /** Its method and path. */
  route: string;
  key: string;
}

/** A request that stored something. */
export interface KeyedRequest extends RequestKey {
  /** A hash of its body. */
  fingerprint: string;
  /** The results of its transactions, as a recording stores them. */
  results: string;
  createdAt: Timestamp;
  /** Null if the process ended between storing something and answering. */
  answer: KeptAnswer | null;
}

/** A stored answer. */
export interface KeptAnswer {
  status: number;
  /** As JSON. */
  body: string;
}

const requestByKey = new PreparedQuery((db, { userId, route, key }: RequestKey) =>
  db
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('user_id', '=', userId)
    .where('route', '=', route)
    .where('key', '=', key),
);

const insertRequest = new PreparedQuery((db, row: IdempotencyKeyRow) =>
  db
    .insertInto('idempotency_keys')
    .values({
      user_id: row.user_id,
      route: row.route,
      key: row.key,
      fingerprint: row.fingerprint,
      results_json: row.results_json,
      status: row.status,
      answer_json: row.answer_json,
      created_at: row.created_at,
    })
    .onConflict((conflict) => conflict.doNothing()),
);

const setAnswer = new PreparedQuery((db, { userId, route, key, status, body }: RequestKey & KeptAnswer) =>
  db
    .updateTable('idempotency_keys')
    .set({ status, answer_json: body, results_json: '[]' })
    .where('user_id', '=', userId)
    .where('route', '=', route)
    .where('key', '=', key),
);

/** Requests with an `Idempotency-Key`, and their answers. */
export class IdempotencyKeyStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async find({ userId, route, key }: RequestKey): Promise<KeyedRequest | undefined> {
    const row = await requestByKey.first(this.#db, { userId, route, key });
    if (row === undefined) return undefined;
    const { status, answer_json: body } = row;
    const answer = status === null || body === null ? null : { status, body };
    const { fingerprint, results_json: results, created_at: createdAt } = row;
    return { userId, route, key, fingerprint, results, createdAt, answer };
  }

  /** Stores a request; returns false if its key is taken. */
  async insert({ userId, route, key, answer, ...request }: KeyedRequest): Promise<boolean> {
    const inserted = await insertRequest.change(this.#db, {
      user_id: userId,
      route,
      key,
      fingerprint: request.fingerprint,
      results_json: request.results,
      status: answer?.status ?? null,
      answer_json: answer?.body ?? null,
      created_at: request.createdAt,
    });
    return inserted === 1;
  }

  async setResults({ userId, route, key }: RequestKey, results: string): Promise<void> {
    await this.#db
      .updateTable('idempotency_keys')
      .set({ results_json: results })
      .where('user_id', '=', userId)
      .where('route', '=', route)
      .where('key', '=', key)
      .execute();
  }

  /**
   * Stores the answer of a request and deletes the results of its transactions, which are no longer needed.
   */
  async setAnswer({ userId, route, key }: RequestKey, { status, body }: KeptAnswer): Promise<void> {
    await setAnswer.change(this.#db, { userId, route, key, status, body });
  }

  /** Deletes everything older than a moment, and all but the newest requests of one person. */
  async prune(before: Timestamp, userId: string, max: number): Promise<void> {
    await this.#db.deleteFrom('idempotency_keys').where('created_at', '<', before).execute();
    const surplus = await this.#db
      .selectFrom('idempotency_keys')
      .select('created_at')
      .where('user_id', '=', userId)
      .orderBy('created_at', 'desc')
      .limit(1)
      .offset(max)
      .executeTakeFirst();
    if (surplus === undefined) return;
    await this.#db
      .deleteFrom('idempotency_keys')
      .where('user_id', '=', userId)
      .where('created_at', '<=', surplus.created_at)
      .execute();
  }
}
