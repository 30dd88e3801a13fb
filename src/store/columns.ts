import type { Flag } from './schema.ts';

/** A boolean as it is stored. */
export const flag = (value: boolean): Flag => (value ? 1 : 0);

/** A stored boolean. */
export const isSet = (value: Flag): boolean => value !== 0;

/** Serializes a value for a `…_json` column. */
export const toJson = (value: object | null): string | null =>
  value === null ? null : JSON.stringify(value);

/** Parses the value of a `…_json` column. The type must be the one that was stored. */
export const fromJson = <Value>(text: string | null): Value | null =>
  text === null ? null : (JSON.parse(text) as Value);
