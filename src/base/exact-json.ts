/** A number that JSON may hold and JavaScript cannot: the value would change without a word. */
export class InexactNumber extends Error {
  constructor(readonly number: string) {
    super(
      `the number ${number.length > 40 ? `${number.slice(0, 40)}…` : number} cannot be kept exactly; whole numbers go from -${Number.MAX_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}. Write it as text, in quotes`,
    );
  }
}

/** The texts and the numbers of JSON. A number in a text is none. */
const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** A whole number as it is written, large or small. */
const whole = /^-?\d+$/;

/**
 * Whether the text of a number stays what it is as a number. Whole numbers do as long as no digit changes; a fraction is
 * taken as near as numbers come, as everywhere.
 *
 * @example isExact('9007199254740993') // false: it would be …992
 */
export function isExact(text: string): boolean {
  const number = Number(text);
  if (!Number.isFinite(number)) return false;
  return Number.isSafeInteger(number) || !whole.test(text) || BigInt(text) === BigInt(number);
}

/**
 * Reads JSON, and refuses numbers that would change.
 *
 * @throws SyntaxError, InexactNumber
 */
export function parseExactJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // Only sixteen digits in a row, or an exponent of three, can be too much: most texts have neither.
  if (!/\d{16}|\d[eE]\+?\d{3}/.test(text)) return value;
  for (const [token] of text.matchAll(tokens)) {
    if (!token.startsWith('"') && !isExact(token)) throw new InexactNumber(token);
  }
  return value;
}

/** The kind of a value, by the name JavaScript has for it: `Object`, `BigInt`. */
export const kindOf = (value: unknown): string =>
  Object.prototype.toString.call(value).slice('[object '.length, -1);

const jsonKinds = new Set(['Object', 'Array', 'String', 'Number', 'Boolean', 'Null', 'Undefined']);

/**
 * For `JSON.stringify`, which alone would make {} of a Map or a Promise and null of NaN, and the loss would be found late.
 *
 * @throws TypeError
 */
export function refuseLoss(key: string, value: unknown): unknown {
  const isLost = !jsonKinds.has(kindOf(value)) || (typeof value === 'number' && !Number.isFinite(value));
  if (isLost) throw new TypeError(`${kindOf(value)}${key === '' ? '' : ` in "${key}"`}`);
  return value;
}
