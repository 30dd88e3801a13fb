/** Thrown for a number that JSON can hold and JavaScript cannot: parsing would silently change its value. */
export class InexactNumber extends Error {
  constructor(readonly number: string) {
    super(
      `the number ${number.length > 40 ? `${number.slice(0, 40)}…` : number} cannot be kept exactly; whole numbers go from -${Number.MAX_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}. Write it as text, in quotes`,
    );
  }
}

/** Matches the strings and numbers of JSON, so that digits inside a string are not taken for a number. */
const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** A whole number in digits, of any size. */
const wholeNumber = /^-?\d+$/;

/**
 * Whether a number survives parsing unchanged. Whole numbers must keep every digit. Fractions are rounded to
 * the nearest number, as everywhere.
 *
 * @example isExact('9007199254740993') // false: it would be …992
 */
export function isExact(text: string): boolean {
  const number = Number(text);
  if (!Number.isFinite(number)) return false;
  return Number.isSafeInteger(number) || !wholeNumber.test(text) || BigInt(text) === BigInt(number);
}

/**
 * Parses JSON and rejects numbers that would change.
 *
 * @throws SyntaxError, InexactNumber
 */
export function parseExactJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // Only sixteen digits in a row or a three-digit exponent can lose precision. Most texts have neither.
  if (!/\d{16}|\d[eE]\+?\d{3}/.test(text)) return value;
  for (const [token] of text.matchAll(tokens)) {
    if (!token.startsWith('"') && !isExact(token)) throw new InexactNumber(token);
  }
  return value;
}

/** The name of a value's kind in JavaScript: `Object`, `BigInt`. */
export const kindOf = (value: unknown): string =>
  Object.prototype.toString.call(value).slice('[object '.length, -1);

const jsonKinds = new Set(['Object', 'Array', 'String', 'Number', 'Boolean', 'Null', 'Undefined']);

/**
 * A replacer for `JSON.stringify`, which would silently write a Map or a Promise as {} and NaN as null.
 *
 * @throws TypeError
 */
export function rejectLoss(key: string, value: unknown): unknown {
  const isLost = !jsonKinds.has(kindOf(value)) || (typeof value === 'number' && !Number.isFinite(value));
  if (isLost) throw new TypeError(`${kindOf(value)}${key === '' ? '' : ` in "${key}"`}`);
  return value;
}
