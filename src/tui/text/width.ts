import stringWidth from 'string-width';
import { escapeControls } from '../../base/terminal-text.ts';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** Characters segmented at once. The segmenter takes quadratic time, which is seconds for a long paste. */
const segmentedAtOnce = 256;

/** The characters of a text as a person sees them: an emoji of five code points is one. */
export function graphemes(text: string): string[] {
  if (/^[\n\x20-\x7e]*$/.test(text)) return [...text];
  const found: string[] = [];
  for (let start = 0; start < text.length; ) {
    const piece = text.slice(start, start + segmentedAtOnce);
    const segments = Array.from(segmenter.segment(piece), ({ segment }) => segment);
    const last = segments.at(-1) ?? '';
    // The last segment may continue in the next piece, so that piece starts with it.
    const continues = start + piece.length < text.length && segments.length > 1;
    found.push(...(continues ? segments.slice(0, -1) : segments));
    start += piece.length - (continues ? last.length : 0);
  }
  return found;
}

/** The number of terminal columns of a text. */
export function widthOf(text: string): number {
  if (isAscii(text)) return text.length;
  if (text.length <= segmentedAtOnce) return stringWidth(text);
  return graphemes(text).reduce((sum, character) => sum + stringWidth(character), 0);
}

/** Bidirectional control characters, and separators that a terminal may treat as line breaks. */
const invisible = /[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Makes untrusted text safe: it cannot move the cursor or change the text direction. Tabs become spaces. */
export const safe = (text: string): string =>
  escapeControls(text.replaceAll('\r\n', '\n').toWellFormed())
    .replaceAll('\t', '    ')
    .replace(invisible, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The same, on one line. */
export const safeLine = (text: string): string => safe(text).replaceAll('\n', ' ');

/** A single-line text truncated to a width, with an ellipsis if something is missing. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width < 1) return '';
  let kept = '';
  let taken = 0;
  for (const grapheme of graphemes(text)) {
    taken += widthOf(grapheme);
    if (taken > width - 1) break;
    kept += grapheme;
  }
  return `${kept}…`;
}

/** The end of a single-line text, as much as fits into a width. */
export function cutStart(text: string, width: number): string {
  const characters = graphemes(text);
  let start = characters.length;
  let taken = 0;
  while (start > 0) {
    taken += widthOf(characters[start - 1] ?? '');
    if (taken > width) break;
    start--;
  }
  return characters.slice(start).join('');
}

/** A single-line text truncated or padded with spaces to exactly a width. */
export function padded(text: string, width: number): string {
  const short = cut(text, width);
  return short + ' '.repeat(Math.max(0, width - widthOf(short)));
}
