import type { Kysely } from 'kysely';
import type { AppKey } from '../domain/app-key.ts';
import type { Database } from './schema.ts';

/** The only name in the table: two processes that start together need a common key. */
const name = 'realtime';

/** The key pair that identifies the realtime server and signs its subscriptions. */
export class AppKeyStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Returns the stored pair, or stores and returns the given one if there is none. */
  async ensure(fresh: AppKey): Promise<AppKey> {
    const known = await this.#stored().executeTakeFirst();
    if (known) return known;
    await this.#db
      .insertInto('app_keys')
      .values({ name, ...fresh })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return this.#stored().executeTakeFirstOrThrow();
  }

  #stored() {
    return this.#db.selectFrom('app_keys').select(['key', 'secret']).where('name', '=', name);
  }
}
