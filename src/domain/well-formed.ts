import { isRecord } from '../base/is-record.ts';

/**
 * Converts every text in a value, including field names, to what the database stores: half of a surrogate
 * pair is not a character and becomes U+FFFD. Values other than texts, lists and objects stay the same.
 *
 * @example wellFormed({ name: 'a\ud800' }) // { name: 'a\ufffd' }
 */
export function wellFormed<Value>(value: Value): Value {
  return mapTexts(value, (text) => text) as Value;
}

/** Like {@link wellFormed}, but also applies `change` to every text except field names. */
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value.toWellFormed());
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (!isRecord(value)) return value;
  // Object.fromEntries defines fields instead of assigning them, so a field `__proto__` stays a field.
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name.toWellFormed(), mapTexts(field, change)]),
  );
}
