import type { Kysely } from 'kysely';
import type { Timestamp } from '../base/clock.ts';
import type { Database } from './schema.ts';

/** When each command of the schedule was last started. */
export class ScheduleStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async lastStart(command: string): Promise<Timestamp | undefined> {
    const row = await this.#db
      .selectFrom('scheduled_commands')
      .select('started_at')
      .where('command', '=', command)
      .executeTakeFirst();
    return row?.started_at;
  }

  async setStarted(command: string, at: Timestamp): Promise<void> {
    await this.#db
      .insertInto('scheduled_commands')
      .values({ command, started_at: at })
      .onConflict((conflict) => conflict.column('command').doUpdateSet({ started_at: at }))
      .execute();
  }
}
