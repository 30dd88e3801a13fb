import { isRecord } from '../base/is-record.ts';

/** Deeper than anything that is stored. It stops at circular values. */
const maxDepth = 100;

/** Whether JSON can represent a value exactly. */
export function isJson(value: unknown, depth = maxDepth): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return typeof value === 'string' || typeof value === 'boolean';
  if (value === null) return true;
  if (depth === 0) return false;
  const items = Array.isArray(value) ? Array.from(value) : isRecord(value) ? Object.values(value) : undefined;
  return items?.every((item) => isJson(item, depth - 1)) ?? false;
}
