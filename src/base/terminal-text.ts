/** A text that cannot move the cursor or change colours: control characters are shown, line breaks are kept. */
export const escapeControls = (text: string): string =>
  text.replace(/[^\P{Cc}\n\t]/gu, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`);

/** A text of several lines with every line after the first moved to the right. */
export const indented = (text: string, width: number): string =>
  text.replaceAll('\n', `\n${' '.repeat(width)}`);

/** A text cut to a length, with an ellipsis where something is missing. */
export const truncate = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).replace(/\p{Surrogate}$/u, '')}…`;

/**
 * A number of things.
 *
 * @example counted(1, 'bot') // '1 bot'
 */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
