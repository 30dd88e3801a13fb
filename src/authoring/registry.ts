import { failure } from '../base/errors.ts';
import type { BotActionHandlerDTO } from './descriptions.ts';

/** A registered handler: its class, its description, and where it came from. */
export interface RegisteredHandler {
  handler: { readonly name: string };
  description: BotActionHandlerDTO;
  /** The file it came from, or the name of the class. */
  where: string;
}

/** What `MessengerBots` knows, in this thread. */
const handlers = new Map<string, RegisteredHandler>();

/**
 * Registers handlers, all or none. Registering a class again changes nothing.
 *
 * @throws ALIAS_TAKEN when two classes have one alias
 */
export function register(entries: readonly RegisteredHandler[]): void {
  const next = new Map(handlers);
  for (const entry of entries) {
    const taken = next.get(entry.description.alias);
    if (taken && taken.handler !== entry.handler) {
      throw failure('ALIAS_TAKEN', entry.description.alias, taken.where, entry.where);
    }
    next.set(entry.description.alias, entry);
  }
  for (const [alias, entry] of next) handlers.set(alias, entry);
}

/** Every registered handler, ordered by the handlers' names. */
export const registeredHandlers = (): RegisteredHandler[] =>
  [...handlers.values()].sort((one, other) =>
    one.description.name.localeCompare(other.description.name, 'en'),
  );

/** The description of a registered handler, by its alias or its class. */
export function findHandler(alias: string, handler?: object): BotActionHandlerDTO | undefined {
  if (handler === undefined) return handlers.get(alias)?.description;
  return registeredHandlers().find((entry) => entry.handler === handler)?.description;
}
