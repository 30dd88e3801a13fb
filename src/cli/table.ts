import type { FieldErrors } from '../base/errors.ts';
import { escapeControls } from './text.ts';

/**
 * Rows as aligned columns, for a terminal and for a pipe alike.
 *
 * @example table(['NAME', 'STATE'], [['hello', 'on']])
 */
export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => escapeControls(cell).replaceAll('\n', ' ')));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return cells.map(line).join('\n');
}

/** Errors by field, a line each. */
export const fieldLines = (errors: FieldErrors): string[] =>
  Object.entries(errors).map(([field, sentences]) => `${field}: ${sentences.join(' ')}`);
