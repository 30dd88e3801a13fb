/**
 * Whether a value is an object with named fields and not null, a list, a Date, a Map or similar.
 *
 * @example isRecord({}) // true; isRecord([]) and isRecord(null) are false
 */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]';
}
