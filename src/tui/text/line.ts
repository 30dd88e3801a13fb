import type { Style } from '../theme.ts';
import { cut, widthOf } from './width.ts';
import { wrap } from './wrap.ts';

/** A piece of a line in one style. */
interface Span {
  text: string;
  style?: Style;
}

/** One row of a pane. */
export type Line = readonly Span[];

/** A line of a single style. */
export const line = (text: string, style: Style = 'plain'): Line => [{ text, style }];

/** A text as lines of one style. The first starts with `lead`, the others are indented to match. */
export function lines(text: string, width: number, style: Style = 'plain', lead = ''): Line[] {
  const indent = ' '.repeat(widthOf(lead));
  return wrap(text, width - indent.length).map((row, place) => [
    { text: (place === 0 ? lead : indent) + row, style },
  ]);
}

export const lineText = (spans: Line): string => spans.map(({ text }) => text).join('');

export const lineWidth = (spans: Line): number => spans.reduce((sum, { text }) => sum + widthOf(text), 0);

/** Two texts on one line, the second aligned to the right. The first is truncated so that both fit. */
export function justified(left: Line, right: Line, width: number): Line {
  const room = Math.max(0, width - lineWidth(right) - 1);
  const kept = cutLine(left, room);
  const gap = Math.max(0, width - lineWidth(kept) - lineWidth(right));
  return [...kept, { text: ' '.repeat(gap) }, ...right];
}

/** A line truncated to a width. */
export function cutLine(spans: Line, width: number): Line {
  let left = width;
  return spans.flatMap((span) => {
    const text = cut(span.text, Math.max(0, left));
    left -= widthOf(span.text);
    return text === '' ? [] : [{ ...span, text }];
  });
}
