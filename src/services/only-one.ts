import { createError } from '../base/errors.ts';

/** How many are looked up when an id is named by its beginning: all of them are listed if there are several. */
export const maxNamed = 5;

/**
 * The one that was named by the beginning of its id; undefined if there is none.
 *
 * @param what the noun for the error
 * @throws NAME_AMBIGUOUS
 */
export function onlyOne<Item>(
  found: readonly Item[],
  { what, name, idOf }: { what: string; name: string; idOf: (item: Item) => string },
): Item | undefined {
  if (found.length <= 1) return found[0];
  throw createError('NAME_AMBIGUOUS', what, name, found.slice(0, maxNamed).map(idOf));
}
