/**
 * Whether a text begins with the first piece, ends with the last, and has the others in between, in this order. Takes
 * time in proportion to the text, unlike a regular expression with `.*` for each gap.
 *
 * @example containsInOrder('You rolled a 6.', ['You rolled ', '.']) // true
 */
export function containsInOrder(text: string, pieces: readonly string[]): boolean {
  const [first = '', ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
