import type { FieldErrors } from './errors.ts';
import { counted, truncate } from './terminal-text.ts';

/** The most characters of a field's name, of one message, and of all of them together. */
const limits = { field: 255, message: 1_000, total: 65_536 };

/** Stands in place of the fields that were left out. */
const leftOut = '…';

/**
 * Limits an author's field errors to texts of bounded size before they leave a worker. Fields beyond the
 * limit are replaced by their count. Never throws.
 */
export function boundErrors(errors: unknown): FieldErrors {
  const bounded: Array<[string, string[]]> = [];
  let remaining = limits.total;
  const fields = entriesOf(errors);
  for (const [field, messages] of fields) {
    const entry: [string, string[]] = [truncate(field, limits.field), textsOf(messages)];
    // A worker limits them before the daemon does. What the first one left out is not left out by the second.
    if (field !== leftOut) remaining -= entry.flat(2).join('').length;
    if (remaining < 0) break;
    bounded.push(entry);
  }
  const missing = fields.length - bounded.length;
  if (missing > 0)
    bounded.push([leftOut, [`The errors of ${counted(missing, 'more field')} were left out.`]]);
  return Object.fromEntries(bounded);
}

function entriesOf(errors: unknown): Array<[string, unknown]> {
  try {
    return typeof errors === 'object' && errors !== null ? Object.entries(errors) : [];
  } catch {
    return [];
  }
}

function textsOf(messages: unknown): string[] {
  try {
    return [messages]
      .flat()
      .slice(0, 10)
      .map((message) => truncate(String(message), limits.message));
  } catch {
    return ['What is wrong with it cannot be read.'];
  }
}

/** Formats errors by field, one line each. */
export const fieldLines = (errors: FieldErrors): string[] =>
  Object.entries(errors).map(([field, messages]) => `${field}: ${messages.join(' ')}`);
