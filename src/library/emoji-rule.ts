import { z } from 'zod';
import { findEmojis } from '../index.ts';

/** More characters than any emoji and its short code. */
const maxLength = 255;

/** A parameter with an emoji in it, as a character or as a `:shortcode:`. */
export const emojiRule = z
  .string()
  .max(maxLength)
  // A text that is too long is reported as such and not searched.
  .refine(
    (text) => text.length > maxLength || findEmojis(text).length > 0,
    'The reaction must contain a valid emoji.',
  )
  .describe('emoji');

/** The first emoji of each text as its short code; each only once. */
export const firstEmojis = (texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap((text) => findEmojis(text).slice(0, 1))),
];
