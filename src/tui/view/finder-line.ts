import { type Finder, isStale } from '../state/finder.ts';
import { justified, type Line, lineWidth } from '../text/line.ts';
import { editorLines, windowAround } from './editor-lines.ts';

/** The columns that a text has at least beside the hint. */
const minText = 20;

/**
 * The bar of a search: the text, which hit is shown, and the keys, as far as they fit.
 *
 * @param hint the keys in a width
 */
export function finderLine(finder: Finder, hint: (width: number) => string, width: number): Line {
  const lead: Line = [{ text: '  find: ', style: 'key' }];
  const count: Line = [{ text: ` ${countOf(finder)}`, style: finder.hits.length > 0 ? 'strong' : 'faint' }];
  const keys = hint(width - lineWidth([...lead, ...count]) - minText - 5);
  const [query] = editorLines(finder.query, true, 1);
  const end: Line = [...count, { text: keys === '' ? ' ' : ` · ${keys} `, style: 'faint' }];
  const room = Math.max(1, width - lineWidth(lead) - lineWidth(end) - 1);
  return justified([...lead, ...(query ? windowAround(query, room) : [])], end, width);
}

function countOf(finder: Finder): string {
  if (isStale(finder)) return '…';
  if (finder.text === '') return '';
  return finder.total === 0 ? 'not found' : `${finder.index + 1} of ${finder.total}`;
}
