import type { Kysely } from 'kysely';
import type { Timestamp } from '../base/clock.ts';
import type { Database } from './schema.ts';

/** The cooldowns of bots and actions. A subject is the id of either. */
export class CooldownStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /**
   * Puts a subject in cooldown until a moment. Replaces an existing cooldown.
   *
   * @param since now; a cooldown that starts in the future counts as over, since the system's clock was set
   *   back
   */
  async start(subjectId: string, until: Timestamp, since: Timestamp = ''): Promise<void> {
    await this.#db
      .insertInto('cooldowns')
      .values({ subject_id: subjectId, until, since })
      .onConflict((conflict) => conflict.column('subject_id').doUpdateSet({ until, since }))
      .execute();
  }

  async release(subjectId: string): Promise<void> {
    await this.#db.deleteFrom('cooldowns').where('subject_id', '=', subjectId).execute();
  }

  /** Ends the cooldowns of all bots and actions of a thread; returns how many were active. */
  async releaseThread(threadId: string, now: Timestamp): Promise<number> {
    const bots = this.#db.selectFrom('bots').select('id').where('thread_id', '=', threadId);
    const actions = this.#db.selectFrom('bot_actions').select('id').where('bot_id', 'in', bots);
    const rows = await this.#db
      .deleteFrom('cooldowns')
      .where((eb) => eb.or([eb('subject_id', 'in', bots), eb('subject_id', 'in', actions)]))
      .returning(['since', 'until'])
      .execute();
    return rows.filter(({ since, until }) => since <= now && until > now).length;
  }

  /** The last cooldown of each subject, even one that is over. A cooldown that was ended early is not known. */
  async latest(subjectIds: readonly string[]): Promise<Map<string, { since: Timestamp; until: Timestamp }>> {
    if (subjectIds.length === 0) return new Map();
    const rows = await this.#db
      .selectFrom('cooldowns')
      .selectAll()
      .where('subject_id', 'in', subjectIds)
      .execute();
    return new Map(rows.map(({ subject_id: id, since, until }) => [id, { since, until }]));
  }

  /** The subjects that are in cooldown now, with the end of each cooldown. */
  async endings(subjectIds: readonly string[], now: Timestamp): Promise<Map<string, Timestamp>> {
    if (subjectIds.length === 0) return new Map();
    const rows = await this.#db
      .selectFrom('cooldowns')
      .selectAll()
      .where('subject_id', 'in', subjectIds)
      .where('until', '>', now)
      .where('since', '<=', now)
      .execute();
    return new Map(rows.map((row) => [row.subject_id, row.until]));
  }
}
