import { createError } from '../base/errors.ts';

const maxLength = 255;

/** A quoted string, as in the structured fields of HTTP: `"…"`. */
const quoted = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;

/** Visible ASCII without quotes and commas. A comma in a header would separate two keys. */
const bare = /^[\x21\x23-\x2b\x2d-\x7e]+$/;

/**
 * Returns the key of a request, from its `Idempotency-Key` header. The key may be quoted, as in the IETF
 * draft, or bare, as most clients send it. Both forms are the same key.
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
  if (key.length > maxLength)
    throw createError(
      'IDEMPOTENCY_KEY_INVALID',
      `it has ${key.length} characters, and at most ${maxLength} are allowed`,
    );
  if (inside === undefined && !bare.test(text))
    throw createError(
      'IDEMPOTENCY_KEY_INVALID',
      'it is not one key, or has quotes, commas, white space or other characters in it',
    );
  return key;
}
