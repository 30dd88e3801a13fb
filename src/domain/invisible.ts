import { isBlankAt } from './text.ts';

/**
 * Invisible characters: zero-width spaces, joiners, selectors, direction marks, byte order marks and so on.
 */
const ignorable = /\p{Default_Ignorable_Code_Point}/u;

/** No such code point is smaller. */
const firstIgnorable = 0xad;

const isIgnorable = (codePoint: number): boolean =>
  codePoint >= firstIgnorable && ignorable.test(String.fromCodePoint(codePoint));

const picture = /\p{Extended_Pictographic}/u;
const isPicture = (codePoint: number): boolean => picture.test(String.fromCodePoint(codePoint));

/** Selects how an emoji is shown: U+FE0E as text, U+FE0F in colour. */
const isSelector = (codePoint: number): boolean => codePoint === 0xfe0e || codePoint === 0xfe0f;

/** Ends the tag letters of a flag such as Scotland's. */
const cancelTag = 0xe007f;
const isTag = (codePoint: number): boolean => codePoint >= 0xe0020 && codePoint < cancelTag;

/** The code point that ends before `end`. */
function codePointBefore(text: string, end: number): number {
  const pair = end > 1 ? (text.codePointAt(end - 2) ?? 0) : 0;
  return pair > 0xffff ? pair : text.charCodeAt(end - 1);
}

const sizeOf = (codePoint: number): number => (codePoint > 0xffff ? 2 : 1);

/** Whether the invisible code point that ends before `end` is the end of an emoji. */
function endsEmoji(text: string, end: number, codePoint: number): boolean {
  let before = end - sizeOf(codePoint);
  if (codePoint === cancelTag) {
    while (before > 0 && isTag(codePointBefore(text, before))) before -= 2;
    return before < end - 2 && before > 0 && isPicture(codePointBefore(text, before));
  }
  return isSelector(codePoint) && before > 0 && isPicture(codePointBefore(text, before));
}

/**
 * The range of a text, in code units, without white space and invisible characters at its ends. A selector or
 * a tag at the end of an emoji is kept.
 */
export function visibleRange(text: string): { start: number; end: number } {
  let start = 0;
  let end = text.length;
  while (start < end) {
    const codePoint = text.codePointAt(start) ?? 0;
    if (!isBlankAt(text, start) && !isIgnorable(codePoint)) break;
    start += sizeOf(codePoint);
  }
  while (end > start) {
    const codePoint = codePointBefore(text, end);
    const isTrimmed =
      isBlankAt(text, end - 1) || (isIgnorable(codePoint) && !endsEmoji(text, end, codePoint));
    if (!isTrimmed) break;
    end -= sizeOf(codePoint);
  }
  return { start, end };
}

/**
 * Removes white space and invisible characters from the ends of a text. The inside is unchanged.
 *
 * @example trimInvisible('\u200b hi\ufeff') // 'hi'
 */
export function trimInvisible(text: string): string {
  const { start, end } = visibleRange(text);
  return text.slice(start, end);
}
