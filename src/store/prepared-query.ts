import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Stands for a value that is known only when the query runs. */
class Parameter {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Each property of it is a parameter of the same name. */
const placeholders = new Proxy({}, { get: (_, name) => new Parameter(String(name)) });

/**
 * A query that is built and compiled once, and then only gets its values. For queries that run with every message:
 * building one takes longer than running it.
 *
 * The query must not depend on the values in any other way, since they are not known when it is built.
 *
 * @example
 * const byId = new PreparedQuery((db, { id }: { id: string }) => db.selectFrom('users').selectAll().where('id', '=', id));
 * await byId.first(db, { id })
 */
export class PreparedQuery<Given extends object, Row> {
  readonly #build: (db: Kysely<Database>, values: Given) => Compilable<Row>;
  /** By dialect: the adapter of a connection is the same inside and outside transactions. */
  readonly #compiled = new WeakMap<object, CompiledQuery<Row>>();

  constructor(build: (db: Kysely<Database>, values: Given) => Compilable<Row>) {
    this.#build = build;
  }

  /** All rows. */
  async all(db: Kysely<Database>, values: Given): Promise<Row[]> {
    return (await db.executeQuery(this.#bind(db, values))).rows;
  }

  /** The first row; undefined if there is none. */
  async first(db: Kysely<Database>, values: Given): Promise<Row | undefined> {
    return (await this.all(db, values))[0];
  }

  /** Runs a query that changes rows; returns how many it changed. */
  async change(db: Kysely<Database>, values: Given): Promise<number> {
    return Number((await db.executeQuery(this.#bind(db, values))).numAffectedRows ?? 0);
  }

  #bind(db: Kysely<Database>, values: Given): CompiledQuery<Row> {
    const { adapter } = db.getExecutor();
    const known = this.#compiled.get(adapter);
    const compiled = known ?? this.#build(db, placeholders as Given).compile();
    if (known === undefined) this.#compiled.set(adapter, compiled);
    const parameters = compiled.parameters.map((each) =>
      each instanceof Parameter ? Reflect.get(values, each.name) : each,
    );
    return { ...compiled, parameters };
  }
}
