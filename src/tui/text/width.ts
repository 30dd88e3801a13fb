import stringWidth from 'string-width';
import { harmless } from '../../base/terminal-text.ts';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** What a person sees as characters: an emoji of five code points is one. */
export const graphemes = (text: string): string[] =>
  isAscii(text) ? [...text] : Array.from(segmenter.segment(text), ({ segment }) => segment);

/** How many columns of a terminal a text takes. */
export const widthOf = (text: string): number => (isAscii(text) ? text.length : stringWidth(text));

/** Marks that turn the direction of everything behind them, and separators that a terminal may take for line ends. */
const invisible = /[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** A text of somebody else that can neither move the cursor nor turn the line around; tabs become blanks. */
export const safe = (text: string): string =>
  harmless(text.replaceAll('\r\n', '\n').toWellFormed())
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

/** A text of one line cut or filled with blanks to exactly a width. */
export function filled(text: string, width: number): string {
  const short = cut(text, width);
  return short + ' '.repeat(Math.max(0, width - widthOf(short)));
}
