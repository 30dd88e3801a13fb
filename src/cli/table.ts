import { padded, widthOf } from '../tui/text/width.ts';
import { escapeControls } from './text.ts';

/**
 * Formats rows as aligned columns, on a terminal and in a pipe. A row has as many cells as the head.
 *
 * @example table(['NAME', 'STATE'], [['hello', 'on']])
 */
export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => escapeControls(cell).replaceAll('\n', ' ')));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => widthOf(row[column] ?? ''))));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return cells.map(line).join('\n');
}
