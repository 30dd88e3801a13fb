import type { Style } from '../theme.ts';
import type { Line } from './line.ts';

/**
 * A line with every occurrence of a text in another style, ignoring case. An occurrence across two pieces of a line,
 * or in a text that becomes longer in lower case, stays as it is.
 */
export const highlighted = (spans: Line, text: string, style: Style): Line =>
  text === '' ? spans : spans.flatMap((span) => piecesOf(span, text.toLowerCase(), style));

function piecesOf(span: Line[number], text: string, style: Style): Line {
  const lower = span.text.toLowerCase();
  if (lower.length !== span.text.length) return [span];
  const pieces: Array<Line[number]> = [];
  let end = 0;
  for (let start = lower.indexOf(text); start !== -1; start = lower.indexOf(text, end)) {
    if (start > end) pieces.push({ ...span, text: span.text.slice(end, start) });
    end = start + text.length;
    pieces.push({ text: span.text.slice(start, end), style });
  }
  return end === 0 ? [span] : [...pieces, { ...span, text: span.text.slice(end) }].filter(hasText);
}

const hasText = ({ text }: Line[number]): boolean => text !== '';
