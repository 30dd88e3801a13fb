import { escapeControls } from './text.ts';

/** The columns of plain text. What counts those of any text takes long to load. */
const plain = {
  widthOf: (text: string): number => text.length,
  padded: (text: string, width: number): string => text.padEnd(width),
};

const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/**
 * Formats rows as aligned columns, on a terminal and in a pipe. A row has as many cells as the head.
 *
 * @example await table(['NAME', 'STATE'], [['hello', 'on']])
 */
export async function table(
  head: readonly string[],
  rows: ReadonlyArray<readonly string[]>,
): Promise<string> {
  const cells = [head, ...rows].map((row) => row.map((cell) => escapeControls(cell).replaceAll('\n', ' ')));
  const { widthOf, padded } = cells.flat().every(isPlain) ? plain : await import('../tui/text/width.ts');
  const widths = head.map((_, column) => Math.max(...cells.map((row) => widthOf(row[column] ?? ''))));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return cells.map(line).join('\n');
}
