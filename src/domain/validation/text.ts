import { z } from 'zod';
import { runAlways } from './run-always.ts';

/** How many characters a text has, as people count them: an emoji of one code point is one. */
export const characters = (text: string): number => {
  let count = 0;
  for (const _ of text) count++;
  return count;
};

/** Whether a text has more characters than a limit. Never more than code units, which cost nothing to count. */
export const isLonger = (text: string, limit: number): boolean =>
  text.length > limit && characters(text) > limit;

/** The original counts the characters of a number, and of true, as of the text that it makes of them. */
export const asText = (value: unknown): unknown => {
  if (typeof value === 'boolean') return value ? '1' : '';
  return typeof value === 'number' ? String(value) : value;
};

/** Not a number where a value has no length of its own. */
function lengthOf(value: unknown): number {
  const counted = asText(value);
  return typeof counted === 'string' ? characters(counted) : Number.NaN;
}

/**
 * A text of so many characters, as people count them: an emoji of one code point is one.
 *
 * @param max a function where the configuration may change it
 * @example text(2, 255)
 */
export const text = (min: number, max: number | (() => number)) => {
  const limit = typeof max === 'number' ? () => max : max;
  return z
    .string()
    .check(
      runAlways(({ value, issues }) => {
        const length = lengthOf(value);
        const issue = { origin: 'string', inclusive: true, input: value } as const;
        if (length < min) issues.push({ ...issue, code: 'too_small', minimum: min });
        if (length > limit()) issues.push({ ...issue, code: 'too_big', maximum: limit() });
      }),
    )
    .meta({ minLength: min, maxLength: limit() });
};
