import { isRecord } from './validation/coerce.ts';

/**
 * A value with every text in it as the database keeps it, names of fields too: half of a surrogate pair is no
 * character, and becomes U+FFFD. What is no text, list or object stays the very same.
 *
 * @example wellFormed({ name: 'a\ud800' }) // { name: 'a\ufffd' }
 */
export function wellFormed<Value>(value: Value): Value {
  return mapTexts(value, (text) => text) as Value;
}

/** Like {@link wellFormed}; every text, but for the names of fields, is changed besides. */
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value.toWellFormed());
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (!isRecord(value)) return value;
  // Object.fromEntries defines fields instead of assigning them: a field `__proto__` stays a field.
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name.toWellFormed(), mapTexts(field, change)]),
  );
}
