import { trimInvisible } from './invisible.ts';

const stored = '|';
const separators = /[|,]/;

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/**
 * Triggers in the form in which they are stored: joined by `|`.
 *
 * Takes a string or a list of strings and numbers. Every string is split on `|` and `,`; pieces are trimmed of Unicode
 * white space and invisible characters, empty ones are dropped, and so is what came before exactly the same. Anything
 * else gives ''.
 *
 * @example formatTriggers(['!roll, !dice', ' !roll ', 0]) // '!roll|!dice|0'
 */
export function formatTriggers(value: unknown): string {
  const given = typeof value === 'string' ? [value] : Array.isArray(value) ? value.map(textOf) : [];
  const triggers = given.flatMap((text) => text.split(separators)).map(trimInvisible);
  return [...new Set(triggers)].filter((trigger) => trigger !== '').join(stored);
}

/**
 * The triggers of an action as a list, in stored order; empty for null, as `any` has none.
 *
 * @example splitTriggers('!roll|!dice') // ['!roll', '!dice']
 */
export function splitTriggers(triggers: string | null): string[] {
  return (triggers ?? '').split(stored).filter((trigger) => trigger !== '');
}
