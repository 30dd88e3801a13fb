import { z } from 'zod';

/** The switches of a form, by the names of the contract: what each sets, and whether it is asked for at all. */
export type Switches<Name extends string> = Readonly<
  Record<string, readonly [sets: Name, isAskedFor: boolean]>
>;

/** The body of a form with switches: those asked for are required, the others are ignored. */
export const switchFields = (switches: Switches<string>): Record<string, z.ZodBoolean> =>
  Object.fromEntries(
    Object.entries(switches).flatMap(([field, [, isAskedFor]]) => (isAskedFor ? [[field, z.boolean()]] : [])),
  );

/** What the switches of a checked form set. */
export function switchesOf<Name extends string>(
  switches: Switches<Name>,
  body: Readonly<Record<string, unknown>>,
): Partial<Record<Name, boolean>> {
  const set: Partial<Record<Name, boolean>> = {};
  for (const [field, [name]] of Object.entries(switches)) {
    const value = body[field];
    if (typeof value === 'boolean') set[name] = value;
  }
  return set;
}
