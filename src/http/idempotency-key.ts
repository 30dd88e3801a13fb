import { createError } from '../base/errors.ts';

const longest = 255;

/** A text as the structured fields of HTTP write it: `"…"`. */
const quoted = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;

/** Visible ASCII without quotes and commas: two of those in one header would be two keys. */
const bare = /^[\x21\x23-\x2b\x2d-\x7e]+$/;

/**
 * The key of a request, from its `Idempotency-Key` header: a quoted text as in the IETF's draft, or the key alone as
 * most clients send it. Both are the same key.
 *
 * @throws IDEMPOTENCY_KEY_INVALID
 * @example readKey('"8e03978e"') // '8e03978e'
 */
export function readKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const text = [header].flat().join(', ').trim();
  const [, inside] = quoted.exec(text) ?? [];
  const key = inside?.replace(/\\(.)/g, '$1') ?? text;
  if (key.trim() === '') throw createError('IDEMPOTENCY_KEY_INVALID', 'it is empty');
  if (key.length > longest)
    throw createError(
      'IDEMPOTENCY_KEY_INVALID',
      `it has ${key.length} characters, and at most ${longest} are allowed`,
    );
  if (inside === undefined && !bare.test(text))
    throw createError(
      'IDEMPOTENCY_KEY_INVALID',
      'it is not one key, or has quotes, commas, white space or other characters in it',
    );
  return key;
}
