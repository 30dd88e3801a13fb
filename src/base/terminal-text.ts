/** Escapes control characters, so that a text cannot move the cursor or change colours. Keeps line breaks. */
export const escapeControls = (text: string): string =>
  text.replace(/[^\P{Cc}\n\t]/gu, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`);

/** Indents every line of a text but the first. */
export const indented = (text: string, width: number): string =>
  text.replaceAll('\n', `\n${' '.repeat(width)}`);

/** Cuts a text to a length, with an ellipsis when something is missing. */
export const truncate = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).replace(/\p{Surrogate}$/u, '')}…`;

/**
 * A count with its noun in the singular or plural.
 *
 * @example counted(1, 'bot') // '1 bot'
 */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
