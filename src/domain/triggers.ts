import { trimInvisible } from './invisible.ts';

const stored = '|';
const separators = /[|,]/;

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/**
 * Formats triggers for storage, joined by `|`.
 *
 * Takes a string or a list of strings and numbers. Every string is split on `|` and `,`. Pieces are trimmed
 * of Unicode white space and invisible characters. Empty pieces and exact duplicates are dropped. Returns ''
 * for anything else.
 *
 * @example formatTriggers(['!roll, !dice', ' !roll ', 0]) // '!roll|!dice|0'
 */
export function formatTriggers(value: unknown): string {
  const given = typeof value === 'string' ? [value] : Array.isArray(value) ? value.map(textOf) : [];
  const triggers = given.flatMap((text) => text.split(separators)).map(trimInvisible);
  return [...new Set(triggers)].filter((trigger) => trigger !== '').join(stored);
}

/**
 * The triggers of an action as a list, in stored order. Empty for null, since `any` has no triggers.
 *
 * @example splitTriggers('!roll|!dice') // ['!roll', '!dice']
 */
export function splitTriggers(triggers: string | null): string[] {
  return (triggers ?? '').split(stored).filter((trigger) => trigger !== '');
}
