import fc from 'fast-check';
import { matchMethods } from '../../src/domain/match.ts';

/** Pieces that are hard to match: delimiters, white space, letters with odd cases, emojis and parts of them. */
const pieces = [
  ...['a', 'A', 'b', 'aa', 'ab', 'hi', '0', '!', '?'],
  ...[' ', '\n', ',', '.', ':', ';', '"', "'", '\u0085', '\u00a0', '\u3000', '\ufeff', '\u200d'],
  ...['ς', 'σ', 'Σ', 'İ', 'ı', 'i', 'I', '\u0307', 'Ⓜ', 'ⓜ', '𐐀', '𐐨'],
  ...['😄', '❤', '❤️', '👍', '👍🏽', '1️⃣', '🇺🇸', '🇺'],
  ...[':smile:', ':SMILE:', ':+1:', ':m:', ':us:', ':nothing:', ':smi', 'le:', 'smile', ':)'],
  ...['\ufe0f', '\ud83d', '\ude04'],
];

/** Texts put together from the hard pieces, up to twelve of them. */
export const hardText = fc
  .array(
    fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom('a', ' ', 'b') },
      { weight: 3, arbitrary: fc.constantFrom(...pieces) },
    ),
    {
      maxLength: 12,
    },
  )
  .map((chosen) => chosen.join(''));

/** Triggers: shorter, so that they match often. */
export const hardTrigger = fc
  .array(fc.constantFrom(...pieces), { maxLength: 3 })
  .map((chosen) => chosen.join(''));

export const hardMethod = fc.constantFrom(...matchMethods);
