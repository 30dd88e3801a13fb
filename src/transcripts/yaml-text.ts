/** Characters that nobody sees or that end a line. Joiners and selectors of emojis stay readable. */
const unseen = /(?![\u200d\u{e0020}-\u{e007f}])\p{C}|[\u00a0\u2028\u2029]/gu;

/** What a plain text may not begin with, not have inside, or not end with. */
const needsQuotes = /^[-?:,[\]{}#&*!|>'"%@`\s]|:(?:\s|$)|\s#|\s$|\n/;

/** What other readers of YAML take for a number, a date, or something else that is no text. */
const looksTyped =
  /^(?:~|null|true|false|yes|no|on|off|y|n|<<|=|\.nan|[-+]?\.inf|[-+.\d][-+.:\da-foxtz_]*)$/i;

/**
 * A text as a YAML scalar: plain if possible, as a block if it has several ordinary lines, else in double quotes.
 *
 * @param indent the columns by which the lines of a block are indented
 */
export function yamlText(text: string, indent: number): string {
  if (isBlock(text)) return `|-\n${text.replace(/^(?=.)/gm, ' '.repeat(indent))}`;
  return isPlain(text) ? text : quotedText(text);
}

/** A text in double quotes, on one line. */
export const quotedText = (text: string): string => JSON.stringify(text).replace(unseen, escaped);

/** A text as the key of a YAML mapping. */
export const yamlKey = (text: string): string => (isPlain(text) ? text : quotedText(text));

/** A character as `\uXXXX`, in two parts if it needs them. */
const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');

const hasUnseen = (text: string): boolean => text.search(unseen) >= 0;

const isPlain = (text: string): boolean =>
  text !== '' && !hasUnseen(text) && !needsQuotes.test(text) && !looksTyped.test(text);

/** Whether a text can be written as a block. Blanks at its start or at the end of a line would be easy to lose. */
const isBlock = (text: string): boolean =>
  text.includes('\n') && !hasUnseen(text.replaceAll('\n', '')) && !/^\s|[^\S\n]\n|\s$/.test(text);
