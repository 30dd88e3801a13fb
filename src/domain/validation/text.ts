import { z } from 'zod';
import { characters } from '../characters.ts';
import { runAlways } from './run-always.ts';

/** Converts numbers and true to text, because the original counts their characters. */
export const asText = (value: unknown): unknown => {
  if (typeof value === 'boolean') return value ? '1' : '';
  return typeof value === 'number' ? String(value) : value;
};

/** Returns NaN for a value without a length. */
function lengthOf(value: unknown): number {
  const counted = asText(value);
  return typeof counted === 'string' ? characters(counted) : Number.NaN;
}

/**
 * A text with a length within limits; an emoji of one code point counts as one character.
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
