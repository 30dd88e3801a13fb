import { z } from 'zod';

/**
 * A text of so many characters, as people count them: an emoji of one code point is one.
 *
 * @example text(2, 255)
 */
export const text = (min: number, max: number) =>
  z
    .string()
    .check(({ value, issues }) => {
      const length = Array.from(value).length;
      const issue = { origin: 'string', inclusive: true, input: value } as const;
      if (length < min) issues.push({ ...issue, code: 'too_small', minimum: min });
      if (length > max) issues.push({ ...issue, code: 'too_big', maximum: max });
    })
    .meta({ minLength: min, maxLength: max });

/** A name of 2 to 255 characters; a number is one too, as in the original. */
export const nameField = z.preprocess(
  (value) => (typeof value === 'number' ? String(value) : value),
  text(2, 255),
);

const cooldownRange = 'The cooldown field must be between 0 and 900.';

/** Seconds of a cooldown. */
export const cooldownField = z.int().min(0, cooldownRange).max(900, cooldownRange);
