import type { Kysely } from 'kysely';
import type { AppKey } from '../domain/app-key.ts';
import type { Database } from './schema.ts';

/** The one name there is: a table must have a key by which two processes that start together meet. */
const name = 'realtime';

/** What the realtime server is known by, and what it signs with. */
export class AppKeyStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** The pair that is stored; the one given, where there was none. */
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
