const whiteSpace = /\p{White_Space}/u;

/** Code units that part two words: `true` where a delimiter; every one of them is a single unit. */
const delimiters = Uint8Array.from({ length: 0x3001 }, (_, unit) => {
  const character = String.fromCharCode(unit);
  return whiteSpace.test(character) || ',.:;"\''.includes(character) ? 1 : 0;
});

function isWhiteSpace(unit: number): boolean {
  return delimiters[unit] === 1 && whiteSpace.test(String.fromCharCode(unit));
}

/** Whether a UTF-16 code unit parts words: Unicode white space or one of `, . : ; " '`. */
function isDelimiter(unit: number): boolean {
  return delimiters[unit] === 1;
}

/**
 * Whether a word may begin or end beside the code unit at `index`: a delimiter, or outside the text.
 *
 * @example isBoundary('a b', 1) // true, and so are -1 and 3
 */
export function isBoundary(text: string, index: number): boolean {
  return index < 0 || index >= text.length || isDelimiter(text.charCodeAt(index));
}

/** Whether the code unit at `index` is white space, or outside the text. */
export function isBlankAt(text: string, index: number): boolean {
  return index < 0 || index >= text.length || isWhiteSpace(text.charCodeAt(index));
}

/**
 * A text without Unicode white space at its ends.
 *
 * Not `String.prototype.trim`, which keeps U+0085 (white space) and removes U+FEFF (none).
 *
 * @example trim('\u0085 hi\u00a0') // 'hi'
 */
export function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isWhiteSpace(text.charCodeAt(start))) start++;
  while (end > start && isWhiteSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

/**
 * A text for comparing without regard to case: every code point lower-cased alone, final sigma as sigma.
 *
 * `toLowerCase()` looks at neighbours for one letter only, the final sigma, so that lower-casing the whole
 * text and levelling the sigmas is the same as going code point by code point, and much faster.
 * Only `İ` changes its length: it becomes two code units, `i` and U+0307.
 *
 * @example foldCase('ΟΔΟΣ') // 'οδοσ'
 */
export function foldCase(text: string): string {
  return text.toLowerCase().replaceAll('ς', 'σ');
}

/** A text without U+FE0F, which only asks for the coloured form of the emoji before it. */
export function withoutSelectors(text: string): string {
  return text.replaceAll('\ufe0f', '');
}
