import { z } from 'zod';

/**
 * A check that also runs on values of the wrong type, which zod's own checks skip. The original reports every
 * broken rule, so a number is "no string" and "too short" at once.
 *
 * @param check receives the raw value; it adds issues and changes nothing
 * @example z.string().check(runAlways(({ value, issues }) => { … }))
 */
export function runAlways(check: z.core.CheckFn<unknown>): z.core.$ZodCheck<unknown> {
  const made = z.check(check);
  made._zod.def.when = () => true;
  return made;
}
