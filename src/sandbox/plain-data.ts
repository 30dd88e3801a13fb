import { types } from 'node:util';

/** More than any worker needs to send: the number of values, and of characters in texts. */
const most = { values: 1_000_000, characters: 16_777_216 };

/** Deeper than the daemon accepts from other sources. */
const deepest = 100;

/**
 * Whether a value is a tree of plain data: texts, numbers, lists, objects, bytes. Other values could change
 * while they are read, be circular, or grow without limit as JSON, such as a list that holds the same list a
 * thousand times, which again does. Never throws.
 */
export function isPlainData(value: unknown): boolean {
  const left = { ...most };
  try {
    return isPlain(value, left, deepest);
  } catch {
    // A Proxy or a getter threw.
    return false;
  }
}

function isPlain(value: unknown, left: typeof most, depth: number): boolean {
  if (--left.values < 0) return false;
  if (typeof value === 'string') return take(left, value.length);
  if (typeof value !== 'object' || value === null) return typeof value !== 'bigint' && isCopyable(value);
  if (types.isProxy(value) || depth === 0) return false;
  if (Array.isArray(value)) return isPlainList(value, left, depth);
  return types.isUint8Array(value) || isPlainObject(value, left, depth);
}

const isCopyable = (value: unknown): boolean => typeof value !== 'function' && typeof value !== 'symbol';

function take(left: typeof most, characters: number): boolean {
  left.characters -= characters;
  return left.characters >= 0;
}

/** Checks the length first: a sparse list of a billion holes takes no memory. */
function isPlainList(list: readonly unknown[], left: typeof most, depth: number): boolean {
  if (list.length > left.values) return false;
  for (let index = 0; index < list.length; index++) {
    if (!isPlain(list[index], left, depth - 1)) return false;
  }
  return true;
}

function isPlainObject(object: object, left: typeof most, depth: number): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const [name, field] of Object.entries(object)) {
    if (!take(left, name.length) || !isPlain(field, left, depth - 1)) return false;
  }
  return true;
}
