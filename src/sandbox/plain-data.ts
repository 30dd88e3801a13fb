import { types } from 'node:util';

/** More than any worker needs to send: the number of values, and of characters in texts. */
const limits = { values: 1_000_000, characters: 16_777_216 };

/** Deeper than the daemon accepts from other sources. */
const maxDepth = 100;

/**
 * Whether a value is a tree of plain data: texts, numbers, lists, objects, bytes. Other values could change
 * while they are read, be circular, or grow without limit as JSON, such as a list that holds the same list a
 * thousand times, which again does. Never throws.
 */
export function isPlainData(value: unknown): boolean {
  const remaining = { ...limits };
  try {
    return isPlain(value, remaining, maxDepth);
  } catch {
    // A Proxy or a getter threw.
    return false;
  }
}

function isPlain(value: unknown, remaining: typeof limits, depth: number): boolean {
  if (--remaining.values < 0) return false;
  if (typeof value === 'string') return take(remaining, value.length);
  if (typeof value !== 'object' || value === null) return typeof value !== 'bigint' && isCopyable(value);
  if (types.isProxy(value) || depth === 0) return false;
  if (Array.isArray(value)) return isPlainList(value, remaining, depth);
  return types.isUint8Array(value) || isPlainObject(value, remaining, depth);
}

const isCopyable = (value: unknown): boolean => typeof value !== 'function' && typeof value !== 'symbol';

function take(remaining: typeof limits, characters: number): boolean {
  remaining.characters -= characters;
  return remaining.characters >= 0;
}

/** Checks the length first: a sparse list of a billion holes takes no memory. */
function isPlainList(list: readonly unknown[], remaining: typeof limits, depth: number): boolean {
  if (list.length > remaining.values) return false;
  for (let index = 0; index < list.length; index++) {
    if (!isPlain(list[index], remaining, depth - 1)) return false;
  }
  return true;
}

function isPlainObject(object: object, remaining: typeof limits, depth: number): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const [name, field] of Object.entries(object)) {
    if (!take(remaining, name.length) || !isPlain(field, remaining, depth - 1)) return false;
  }
  return true;
}
