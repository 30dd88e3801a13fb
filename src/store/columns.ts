import type { Flag } from './schema.ts';

/** Truth as it is stored. */
export const flag = (value: boolean): Flag => (value ? 1 : 0);

/** Stored truth as a boolean. */
export const isSet = (value: Flag): boolean => value !== 0;

/** A value as the JSON text of a `…_json` column. */
export const toJson = (value: object | null): string | null =>
  value === null ? null : JSON.stringify(value);

/** What a `…_json` column holds. The type is the one it was stored with. */
export const fromJson = <Value>(text: string | null): Value | null =>
  text === null ? null : (JSON.parse(text) as Value);
