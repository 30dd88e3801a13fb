import { containsInOrder } from '../base/contains-in-order.ts';

/** Stands for any text. */
const anyText = '…';

/** A regular expression between slashes, with its flags. Two slashes begin a literal text. */
const expression = /^\/(?!\/)(.+)\/([dgimsuvy]*)$/s;

/** Ellipses with the backslashes before them. */
const ellipses = /(\\*)…/g;

/**
 * A text of a transcript as a function that says whether a text matches it.
 *
 * - `/^You rolled \d+$/` is a regular expression.
 * - `…` stands for any text; after a backslash, for itself.
 * - A text that begins with a slash is written with two: `//help`.
 *
 * @throws SyntaxError for an invalid regular expression
 * @example readPattern('You rolled …')('You rolled 6') // true
 */
export function readPattern(written: string): (text: string) => boolean {
  const [, source, flags = ''] = expression.exec(written) ?? [];
  if (source !== undefined) {
    const pattern = new RegExp(source, flags.replace(/[gy]/g, ''));
    return (text) => pattern.test(text);
  }
  const pieces = piecesOf(written.replace(/^\/\//, '/'));
  return (text) => containsInOrder(text, pieces);
}

/** Writes a text so that exactly this text matches. */
export const writeLiteral = (text: string): string => writePattern([text]);

/**
 * Writes a text of which only pieces are known.
 *
 * @example writePattern(['You rolled ', '.']) // 'You rolled ….'
 */
export function writePattern(pieces: readonly string[]): string {
  const last = pieces.length - 1;
  const written = pieces
    .map((piece) => piece.replace(ellipses, (_, slashes: string) => `${slashes}${slashes}\\${anyText}`))
    .map((piece, index) => (index === last ? piece : piece.replace(/\\+$/, (slashes) => slashes + slashes)))
    .join(anyText);
  return expression.test(written) || written.startsWith('//') ? `/${written}` : written;
}

/** The literal pieces between the places where any text may stand. */
function piecesOf(written: string): string[] {
  const pieces = [''];
  let done = 0;
  const add = (text: string) => pieces.push(pieces.pop() + text);
  for (const { 0: found, 1: slashes = '', index } of written.matchAll(ellipses)) {
    add(written.slice(done, index) + '\\'.repeat(Math.floor(slashes.length / 2)));
    if (slashes.length % 2 === 1) add(anyText);
    else pieces.push('');
    done = index + found.length;
  }
  add(written.slice(done));
  return pieces;
}
