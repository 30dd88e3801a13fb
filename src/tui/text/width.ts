import stringWidth from 'string-width';
import { escapeControls } from '../../base/terminal-text.ts';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** How much is segmented at once. The segmenter takes time by the square of its text, seconds for a long paste. */
const segmentedAtOnce = 256;

/** What a person sees as characters: an emoji of five code points is one. */
export function graphemes(text: string): string[] {
  if (/^[\n\x20-\x7e]*$/.test(text)) return [...text];
  const found: string[] = [];
  for (let start = 0; start < text.length; ) {
    const piece = text.slice(start, start + segmentedAtOnce);
    const segments = Array.from(segmenter.segment(piece), ({ segment }) => segment);
    const last = segments.at(-1) ?? '';
    // The last one may go on behind the piece, so the next piece begins with it.
    const goesOn = start + piece.length < text.length && segments.length > 1;
    found.push(...(goesOn ? segments.slice(0, -1) : segments));
    start += piece.length - (goesOn ? last.length : 0);
  }
  return found;
}

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  if (isAscii(text)) return text.length;
  if (text.length <= segmentedAtOnce) return stringWidth(text);
  return graphemes(text).reduce((sum, character) => sum + stringWidth(character), 0);
}

/** Marks that turn the direction of everything behind them, and separators that a terminal may take for line ends. */
const invisible = /[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** A text of somebody else that can neither move the cursor nor turn the line around; tabs become blanks. */
export const safe = (text: string): string =>
  escapeControls(text.replaceAll('\r\n', '\n').toWellFormed())
    .replaceAll('\t', '    ')
    .replace(invisible, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The same in one line. */
export const safeLine = (text: string): string => safe(text).replaceAll('\n', ' ');

/** A text of one line cut to a width, with an ellipsis where something is missing. */
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

/** As much of the end of a text of one line as fits into a width. */
export function ending(text: string, width: number): string {
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

/** A text of one line cut or filled with blanks to exactly a width. */
export function filled(text: string, width: number): string {
  const short = cut(text, width);
  return short + ' '.repeat(Math.max(0, width - widthOf(short)));
}
