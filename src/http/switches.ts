import type { z } from 'zod';

/** The switches of a form, by field: what each one sets, and whether it is required. */
export type Switches<Field extends string, Name extends string> = Readonly<
  Record<Field, readonly [sets: Name, isAskedFor: boolean]>
>;

/** The switches of a body. Those marked are required, the others are ignored. */
export const askedFor = (
  fields: Readonly<Record<string, z.ZodBoolean>>,
  switches: Switches<string, string>,
): Record<string, z.ZodBoolean> =>
  Object.fromEntries(Object.entries(fields).filter(([field]) => switches[field]?.[1]));

/** What the switches of a validated form set. */
export function switchesOf<Name extends string>(
  switches: Switches<string, Name>,
  body: Readonly<Record<string, unknown>>,
): Partial<Record<Name, boolean>> {
  const set: Partial<Record<Name, boolean>> = {};
  for (const [field, [name]] of Object.entries(switches)) {
    const value = body[field];
    if (typeof value === 'boolean') set[name] = value;
  }
  return set;
}
