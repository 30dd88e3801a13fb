import { z } from 'zod';
import { asText, text } from '../domain/validation/text.ts';

/** A name of 2 to 255 characters; a number is one too, as in the original. */
export const nameField = z.preprocess(asText, text(2, 255));

const cooldownRange = 'The cooldown field must be between 0 and 900.';

/** Seconds of a cooldown. */
export const cooldownField = z.int().min(0, cooldownRange).max(900, cooldownRange);
