const whiteSpace = /\p{White_Space}/u;

/** `true` for each code unit that separates words. Every delimiter is a single unit. */
const delimiters = Uint8Array.from({ length: 0x3001 }, (_, unit) => {
  const character = String.fromCharCode(unit);
  return whiteSpace.test(character) || ',.:;"\''.includes(character) ? 1 : 0;
});

function isWhiteSpace(unit: number): boolean {
  return delimiters[unit] === 1 && whiteSpace.test(String.fromCharCode(unit));
}

/** Whether a UTF-16 code unit separates words: Unicode white space or one of `, . : ; " '`. */
function isDelimiter(unit: number): boolean {
  return delimiters[unit] === 1;
}

/**
 * Whether the code unit at `index` is a word boundary: a delimiter, or outside the text.
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
 * Removes Unicode white space from the ends of a text.
 *
 * Unlike `String.prototype.trim`, it removes U+0085 (white space) and keeps U+FEFF (not white space).
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
 * A text for comparison without case: every code point lower-cased by itself, final sigma as sigma.
 *
 * `toLowerCase()` depends on context for one letter only, the final sigma. So lower-casing the whole text and
 * replacing final sigmas gives the same result as going code point by code point, and is much faster. Only
 * `İ` changes its length: it becomes two code units, `i` and U+0307.
 *
 * @example foldCase('ΟΔΟΣ') // 'οδοσ'
 */
export function foldCase(text: string): string {
  return text.toLowerCase().replaceAll('ς', 'σ');
}

/** Removes U+FE0F, which only selects the coloured form of the emoji before it. */
export function withoutSelectors(text: string): string {
  return text.replaceAll('\ufe0f', '');
}
