import { createError } from '../base/errors.ts';
import type { BotActionHandlerDTO, PackagedBotDTO } from './descriptions.ts';

/** A registered class with its description and its origin. */
export interface Registered<Description> {
  registered: { readonly name: string };
  description: Description;
  /** The file it came from, or the name of the class. */
  where: string;
}

/** Classes by alias. */
export class Registry<Description extends { alias: string; name: string }> {
  readonly #entries = new Map<string, Registered<Description>>();

  /**
   * Checks entries against each other and against the registered ones, without registering them.
   *
   * @throws ALIAS_TAKEN
   */
  check(entries: ReadonlyArray<Registered<Description>>): void {
    const next = new Map(this.#entries);
    for (const entry of entries) {
      const taken = next.get(entry.description.alias);
      if (taken && taken.registered !== entry.registered) {
        throw createError('ALIAS_TAKEN', entry.description.alias, taken.where, entry.where);
      }
      next.set(entry.description.alias, entry);
    }
  }

  /**
   * Registers entries, all or none. Registering a class again has no effect.
   *
   * @throws ALIAS_TAKEN
   */
  add(entries: ReadonlyArray<Registered<Description>>): void {
    this.check(entries);
    for (const entry of entries) this.#entries.set(entry.description.alias, entry);
  }

  /** Registers those entries whose alias is not taken by another class. */
  addFree(entries: ReadonlyArray<Registered<Description>>): void {
    for (const entry of entries) {
      const taken = this.#entries.get(entry.description.alias);
      if (taken === undefined || taken.registered === entry.registered)
        this.#entries.set(entry.description.alias, entry);
    }
  }

  /** All descriptions, ordered by name. */
  all(): Description[] {
    return [...this.#entries.values()]
      .map((entry) => entry.description)
      .sort((one, other) => one.name.localeCompare(other.name, 'en'));
  }

  /** The description with an alias; null if there is none. */
  find(alias: string): Description | null {
    return this.#entries.get(alias)?.description ?? null;
  }

  /** The description of a class; null if there is none. */
  findClass(registered: object): Description | null {
    const entries = [...this.#entries.values()];
    return entries.find((entry) => entry.registered === registered)?.description ?? null;
  }
}

/** What `MessengerBots` has registered. */
export class Registries {
  readonly handlers = new Registry<BotActionHandlerDTO>();
  readonly packages = new Registry<PackagedBotDTO>();
}
