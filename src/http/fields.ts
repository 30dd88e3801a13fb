import { z } from 'zod';
import { alongside } from '../domain/validation/alongside.ts';

/**
 * A text of so many characters, as people count them: an emoji of one code point is one.
 *
 * @param max a function where the configuration may change it while the server runs
 * @example text(2, 255)
 */
export const text = (min: number, max: number | (() => number)) => {
  const limit = typeof max === 'number' ? () => max : max;
  return z
    .string()
    .check(
      alongside(({ value, issues }) => {
        const length = lengthOf(value);
        const issue = { origin: 'string', inclusive: true, input: value } as const;
        if (length < min) issues.push({ ...issue, code: 'too_small', minimum: min });
        if (length > limit()) issues.push({ ...issue, code: 'too_big', maximum: limit() });
      }),
    )
    .meta({ minLength: min, maxLength: limit() });
};

/** The original counts the characters of a number, and of true, as of the text that it makes of them. */
const asText = (value: unknown): unknown => {
  if (typeof value === 'boolean') return value ? '1' : '';
  return typeof value === 'number' ? String(value) : value;
};

/** Not a number where a value has no length of its own. */
function lengthOf(value: unknown): number {
  const counted = asText(value);
  return typeof counted === 'string' ? Array.from(counted).length : Number.NaN;
}

/** A name of 2 to 255 characters; a number is one too, as in the original. */
export const nameField = z.preprocess(asText, text(2, 255));

const cooldownRange = 'The cooldown field must be between 0 and 900.';

/** Seconds of a cooldown. */
export const cooldownField = z.int().min(0, cooldownRange).max(900, cooldownRange);
